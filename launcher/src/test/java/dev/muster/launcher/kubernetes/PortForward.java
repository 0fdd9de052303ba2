package dev.muster.launcher.kubernetes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** {@code kubectl port-forward} to one port of a pod, as the README tells users to reach admin paths. */
final class PortForward implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:([0-9]+) .*");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI base;

    /**
     * @param target {@code pod/NAME} or {@code deployment/NAME}
     */
    PortForward(String target, int port) throws IOException {
        process = new ProcessBuilder("kubectl", "-n", "muster", "port-forward", target, ":" + port)
                .redirectErrorStream(true)
                .start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = output.readLine();
        var listening = LISTENING.matcher(String.valueOf(line));
        if (!listening.matches()) {
            process.destroy();
            throw new IOException("kubectl port-forward says: " + line);
        }
        base = URI.create("http://127.0.0.1:" + listening.group(1));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
    }
}

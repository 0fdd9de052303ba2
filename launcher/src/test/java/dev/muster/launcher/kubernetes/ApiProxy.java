package dev.muster.launcher.kubernetes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** {@code kubectl proxy}: a port on this machine that leads to the API server, and by it to pods and services. */
final class ApiProxy implements AutoCloseable {
    private static final String SERVING = "Starting to serve on ";

    private final Process process;
    private final URI url;

    ApiProxy() throws IOException {
        process = new ProcessBuilder("kubectl", "proxy", "--port=0")
                .redirectErrorStream(true)
                .start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = String.valueOf(output.readLine());
        if (!line.startsWith(SERVING)) {
            process.destroy();
            throw new IOException("kubectl proxy says: " + line);
        }
        url = URI.create("http://" + line.substring(SERVING.length()));
    }

    URI url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
    }
}

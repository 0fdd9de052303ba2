package dev.muster.stress;

import dev.muster.testing.ChildJvm;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A {@link StressProcess} and a client for it. */
final class StressedProcess implements AutoCloseable {
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TIME = 11;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final URI url;

    private StressedProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    static StressedProcess start(int headroom, List<String> groups) throws IOException {
        var arguments = Stream.concat(Stream.of(String.valueOf(headroom)), groups.stream());
        var process = ChildJvm.start(StressProcess.class, arguments.toArray(String[]::new));
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = out.readLine();
        if (line == null) {
            throw new IOException("it has ended");
        }
        return new StressedProcess(process, URI.create(line));
    }

    String text(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url.resolve(path)).build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    JsonObject json(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url.resolve(path))
                .header("Accept", "application/json")
                .build();
        return new JsonObject(client.send(request, BodyHandlers.ofString()).body());
    }

    /** CPU time of the whole process as /proc has it, in seconds: proc_pid_stat(5), utime and stime. */
    double cpuSeconds() throws IOException {
        var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) / TICKS_PER_SECOND;
    }

    /** How long its burning threads could run and had no processor, in seconds: the second number of schedstat. */
    double waitedSeconds() throws IOException {
        long nanos = 0;
        try (var threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            for (var thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).startsWith("stress-")) {
                    nanos += Long.parseLong(
                            Files.readString(thread.resolve("schedstat")).split(" ", -1)[1]);
                }
            }
        }
        return nanos / 1e9;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

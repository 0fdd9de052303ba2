package dev.muster.launcher.kubernetes;

import static dev.muster.launcher.kubernetes.ClusterUnderTest.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** With which codes the containers of the namespace end, as a watch of the pods tells until they are gone. */
final class Ends implements AutoCloseable {
    private static final String COLUMNS =
            "custom-columns=POD:.metadata.name,CODE:.status.containerStatuses[0].state.terminated.exitCode";
    private static final String RUNNING = "<none>";

    private final Process watch;
    private final Map<String, String> codes = new ConcurrentHashMap<>();

    Ends() throws IOException {
        watch = new ProcessBuilder("kubectl", "-n", "muster", "get", "pods", "--watch", "--no-headers", "-o", COLUMNS)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var reader = new Thread(this::read, "ends");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(watch.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().map(line -> line.strip().split(" +", -1)).forEach(line -> {
                if (line.length > 1 && !line[1].equals(RUNNING)) {
                    codes.put(line[0], line[1]);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            codes.put("the watch of the pods", e.toString());
        }
    }

    /** Waits until each of these pods has ended, and each with 0. */
    void awaitClean(Collection<String> pods) {
        await().atMost(PATIENCE).until(() -> codes.keySet().containsAll(pods));
        assertThat(pods).isNotEmpty().allSatisfy(pod -> assertThat(codes).containsEntry(pod, "0"));
    }

    @Override
    public void close() {
        watch.toHandle().destroy(); // Process.destroy would close the stream that is read
    }
}

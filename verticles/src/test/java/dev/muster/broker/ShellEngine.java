package dev.muster.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.broker.RunningBroker.Settings;
import dev.muster.testing.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;

/** {@code k8s/engine/engine.sh} under busybox, and what it talks with. All of it ends with {@link #close}. */
final class ShellEngine {
    private static final Path SCRIPT = Path.of("..", "k8s", "engine", "engine.sh");
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private final Queue<AutoCloseable> opened = new ConcurrentLinkedQueue<>();
    private final Queue<Process> started = new ConcurrentLinkedQueue<>();
    private final Path logs;

    /** Skips the calling test where there is no busybox. */
    ShellEngine(Path logs) {
        Part.need(Files.isExecutable(BUSYBOX), "no /bin/busybox (Debian: apt-get install busybox-static)");
        this.logs = logs;
    }

    /** The engine {@code e1}, with a heartbeat each second, which tries again after one second. */
    Process start(int port, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(BUSYBOX.toString(), "sh", SCRIPT.toString());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/bin:/usr/bin", "ENGINE_BROKER", "127.0.0.1:" + port));
        builder.environment().putAll(Map.of("POD_UID", "e1", "ENGINE_HEARTBEAT", "1", "ENGINE_RETRY_WAIT", "1"));
        builder.environment().putAll(environment);
        var process = builder.redirectErrorStream(true)
                .redirectOutput(logs.resolve("engine.log").toFile())
                .start();
        started.add(process);
        return process;
    }

    String log() throws IOException {
        return Files.readString(logs.resolve("engine.log"));
    }

    RunningBroker broker(Settings settings) throws Exception {
        var broker = RunningBroker.start(settings);
        opened.add(broker);
        return broker;
    }

    ServerSocket listen() throws IOException {
        var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        server.setSoTimeout(20_000);
        opened.add(server);
        return server;
    }

    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(20));
    }

    /** The code with which it has ended. */
    static int ended(Process engine) throws InterruptedException {
        assertThat(engine.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return engine.exitValue();
    }

    void close() throws Exception {
        for (var process : started) {
            var children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        for (var each : opened) {
            each.close();
        }
    }
}

package dev.muster.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The packaged launcher.jar in a process of its own, as a user starts it. Close it at the end of the test: it is killed
 * then if it still runs. For tests named {@code *IT}, which run when the jar is there.
 */
public final class LauncherProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern ENDPOINT = Pattern.compile("  (\\S+) +(?:http://)?([^/\\s]+:[0-9]+)");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<Thread> readers;

    private LauncherProcess(Process process) {
        this.process = process;
        this.readers = List.of(read(process.getInputStream(), output), read(process.getErrorStream(), errors));
    }

    /** Starts it with these arguments, and no {@code MUSTER_*} variable. */
    public static LauncherProcess start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    /** Starts it with these variables and arguments. */
    public static LauncherProcess start(Map<String, String> environment, String... arguments) throws IOException {
        return start(List.of(), environment, arguments);
    }

    /** Starts it with these options of the JVM, variables and arguments. */
    public static LauncherProcess start(List<String> jvmOptions, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(List.of(), jvmOptions, environment, arguments);
    }

    /**
     * The same, under another command.
     *
     * @param under such as {@code ip netns exec NAME}: a command that becomes the one behind it
     */
    public static LauncherProcess start(
            List<String> under, List<String> jvmOptions, Map<String, String> environment, String... arguments)
            throws IOException {
        var command = new ArrayList<>(under);
        // A build in the background ignores SIGINT, and its children would with it.
        command.addAll(List.of("env", "--default-signal=INT"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", System.getProperty("muster.launcher.jar")));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("MUSTER_") || name.startsWith("POD_"));
        builder.environment().putAll(environment);
        return new LauncherProcess(builder.start());
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** What it has written to standard output so far. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** What it has written to standard error so far. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** Waits for a line, on either stream, that contains a text. Fails when the process ends without one. */
    public String awaitLine(String text) {
        Awaitility.await(text).atMost(PATIENCE).until(() -> find(text).isPresent() || !process.isAlive());
        if (!process.isAlive()) {
            joinReaders();
        }
        return find(text).orElseThrow(() -> new AssertionError("it ended without '" + text + "': " + all()));
    }

    /** Waits until all has started, and returns where a part listens: {@code management}, {@code master}. */
    public URI awaitEndpoint(String part) {
        awaitLine("Ctrl-C ends it");
        return Awaitility.await(part)
                .atMost(PATIENCE)
                .until(() -> endpoint(part), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<URI> endpoint(String part) {
        return output.stream()
                .map(ENDPOINT::matcher)
                .filter(line -> line.matches() && line.group(1).equals(part))
                .map(line -> URI.create("http://" + line.group(2)))
                .findFirst();
    }

    /** Sends a request to a part. */
    public HttpResponse<String> get(String part, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(awaitEndpoint(part).resolve(path))
                .timeout(Duration.ofSeconds(30))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** SIGTERM. */
    public LauncherProcess terminate() {
        process.toHandle().destroy(); // Process.destroy would close its streams too
        return this;
    }

    /** SIGINT, as Ctrl-C sends it. */
    public LauncherProcess interrupt() throws IOException, InterruptedException {
        return signal("INT");
    }

    /** Stops all of its threads for so long: SIGSTOP, and SIGCONT afterwards. */
    public LauncherProcess pause(Duration time) throws IOException, InterruptedException {
        signal("STOP");
        try {
            Awaitility.await("the pause").pollDelay(time).until(() -> true);
        } finally {
            signal("CONT");
        }
        return this;
    }

    private LauncherProcess signal(String name) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start();
        assertThat(kill.waitFor()).isZero();
        return this;
    }

    /** SIGKILL. */
    public LauncherProcess kill() {
        process.toHandle().destroyForcibly();
        return this;
    }

    /** Waits for its end, and for the end of its output. */
    public int awaitExit() throws InterruptedException {
        return awaitExit(PATIENCE);
    }

    /** The same, for what may take longer. */
    public int awaitExit(Duration patience) throws InterruptedException {
        assertThat(process.waitFor(patience.toSeconds(), TimeUnit.SECONDS))
                .as(() -> "it still runs: " + all())
                .isTrue();
        joinReaders();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private Optional<String> find(String text) {
        return all().stream().filter(line -> line.contains(text)).findFirst();
    }

    private List<String> all() {
        var all = new ArrayList<>(output);
        all.addAll(errors);
        return all;
    }

    private void joinReaders() {
        try {
            for (var reader : readers) {
                reader.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread read(InputStream stream, List<String> lines) {
        var thread = new Thread(() -> {
            try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException closed) {
                lines.add("(stream closed: " + closed.getMessage() + ")");
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}

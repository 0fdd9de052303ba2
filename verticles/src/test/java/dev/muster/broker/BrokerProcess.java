package dev.muster.broker;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.muster.bus.Credential;
import dev.muster.node.CountersOf;
import dev.muster.node.Ending;
import dev.muster.node.Endpoints;
import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.node.Readiness;
import dev.muster.node.Telemetry;
import dev.muster.testing.ChildJvm;
import dev.muster.testing.Obedient;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** A broker in a process of its own, on the native transport, which tests may kill, starve and cut off. */
public final class BrokerProcess implements AutoCloseable {
    private final Obedient child;
    private final int port;

    private BrokerProcess(Obedient child) throws InterruptedException {
        this.child = child;
        this.port = Integer.parseInt(child.ask("port"));
    }

    /** On loopback. */
    public static BrokerProcess start(String... options) throws Exception {
        return start(List.of(), "127.0.0.1", options);
    }

    /**
     * Under another command, and on any address.
     *
     * @param options of the role, as on the command line
     */
    public static BrokerProcess start(List<String> under, String address, String... options) throws Exception {
        var arguments = new ArrayList<>(List.of(address));
        arguments.addAll(List.of(options));
        var child = ChildJvm.start(under, BrokerProcess.class, arguments.toArray(String[]::new));
        return new BrokerProcess(new Obedient(child));
    }

    public int port() {
        return port;
    }

    /** A counter, without the role's name. */
    public long count(String counter) throws InterruptedException {
        var counts = new TreeMap<String, Long>();
        for (var each : child.ask("counters").split(" ", -1)) {
            var parts = each.split("=", -1);
            counts.put(parts[0], Long.parseLong(parts[1]));
        }
        return Objects.requireNonNull(counts.get("broker." + counter), counter);
    }

    /** See {@link Servant}. */
    public String ask(String line) throws InterruptedException {
        return child.ask(line);
    }

    public Obedient child() {
        return child;
    }

    /** {@code kill -9}. */
    public void kill() {
        child.kill();
    }

    @Override
    public void close() {
        child.close();
    }

    /** The child. */
    public static void main(String[] arguments) throws Exception {
        logToStandardOutput();
        var commandLine = new CommandLine(BrokerOptions.class);
        commandLine.registerConverter(Duration.class, text -> Duration.parse("PT" + text));
        commandLine.parseArgs(withFreePorts(arguments));
        BrokerOptions options = commandLine.getCommand();
        var node = new Node(
                new Identity("test", "1", "test", "broker"),
                arguments[0],
                Credential.NONE,
                true,
                0,
                new Telemetry(),
                new Readiness(),
                new Endpoints(),
                new Ending());
        var vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        for (var deployment : Broker.deployments(options, node)) {
            vertx.deployVerticle(deployment.verticle(), new DeploymentOptions().setInstances(deployment.instances()))
                    .await(30, TimeUnit.SECONDS);
        }
        Obedient.serve(new Servant(node));
    }

    private static String[] withFreePorts(String[] arguments) {
        var options = new ArrayList<>(List.of("--broker-http-port=0"));
        options.addAll(Arrays.asList(arguments).subList(1, arguments.length));
        if (options.stream().noneMatch(each -> each.startsWith("--broker-port="))) {
            options.add("--broker-port=0");
        }
        return options.toArray(String[]::new);
    }

    private static void logToStandardOutput() {
        var logger = (Logger) LoggerFactory.getLogger("dev.muster.broker");
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(logger.getLoggerContext());
        encoder.setPattern("%msg%n");
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(logger.getLoggerContext());
        appender.setEncoder(encoder);
        appender.start();
        logger.addAppender(appender);
    }

    /** What the child answers. */
    private static final class Servant implements Obedient.Servant {
        private static final File OWN_FILES = new File("/proc/self/fd");

        private final Node node;
        private final HttpClient client = HttpClient.newHttpClient();
        private final List<FileInputStream> files = new ArrayList<>();

        private Servant(Node node) {
            this.node = node;
        }

        @Override
        public String answer(String line) throws Exception {
            var words = line.split(" ", 2);
            return switch (words[0]) {
                case "port" -> String.valueOf(port());
                case "counters" -> counters(CountersOf.process(node.telemetry()));
                case "get" -> get(words[1]);
                case "first-line-after" -> firstLineAfter(words[1]);
                case "use-up-files" -> useUpFiles(Integer.parseInt(words[1]));
                case "free-files" -> freeFiles();
                default -> throw new IllegalArgumentException(line);
            };
        }

        private int port() {
            var address = node.endpoints().url("broker").orElseThrow();
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        }

        private static String counters(Map<String, Long> counts) {
            var text = new ArrayList<String>();
            counts.forEach((id, count) -> text.add(id + "=" + count));
            return String.join(" ", text);
        }

        private String get(String path) throws Exception {
            var uri = URI.create(node.endpoints().url("broker-http").orElseThrow() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body()
                    .strip()
                    .replace('\n', ' ');
        }

        /** What the broker says to an engine of its own machine. */
        private String firstLineAfter(String said) throws IOException {
            try (var socket = new Socket(InetAddress.getByName(node.bindAddress()), port())) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write((said + "\n").getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readNBytes(24), StandardCharsets.US_ASCII).strip();
            }
        }

        /** Leaves so many of the files that this process may open. */
        private String useUpFiles(int left) throws IOException {
            try {
                while (true) {
                    files.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException tooMany) {
                for (int i = 0; i < left; i++) {
                    files.remove(files.size() - 1).close();
                }
            }
            return String.valueOf(files.size());
        }

        private String freeFiles() throws IOException {
            for (var file : files) {
                file.close();
            }
            files.clear();
            var open = OWN_FILES.list();
            return String.valueOf(open == null ? -1 : open.length);
        }
    }
}

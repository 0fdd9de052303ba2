package dev.muster.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.broker.RunningBroker.Settings;
import dev.muster.testing.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code k8s/engine/engine.sh} under busybox, with a real broker, or with a socket that says what a test wants. */
class ShellEngineTest {
    private static final Path SCRIPT = Path.of("..", "k8s", "engine", "engine.sh");
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String TOKEN = "0123456789abcdef";

    private final Queue<AutoCloseable> opened = new ConcurrentLinkedQueue<>();
    private final Queue<Process> started = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path logs;

    @BeforeEach
    void need() {
        Part.need(Files.isExecutable(BUSYBOX), "no /bin/busybox (Debian: apt-get install busybox-static)");
    }

    @AfterEach
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

    /** The engine {@code e1}, with a heartbeat each second, which tries again after one second. */
    private Process engine(int port, Map<String, String> environment) throws IOException {
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

    private String log() throws IOException {
        return Files.readString(logs.resolve("engine.log"));
    }

    private RunningBroker broker(Settings settings) throws Exception {
        var broker = RunningBroker.start(settings);
        opened.add(broker);
        return broker;
    }

    private ServerSocket listen() throws IOException {
        var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        server.setSoTimeout(20_000);
        opened.add(server);
        return server;
    }

    /** The broker's end of a connection, which reads as the broker does. */
    private record Engine(Socket socket, BufferedReader reader, Heard heard) {
        static Engine accept(ServerSocket server) throws IOException {
            var socket = server.accept();
            socket.setSoTimeout(20_000);
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return new Engine(socket, reader, new Heard());
        }

        Engine say(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        /** The next message, as vectors.txt writes it. */
        String next() throws IOException {
            heard.read(reader.readLine() + "\n");
            return heard.messages.get(heard.messages.size() - 1);
        }
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(20));
    }

    private static int ended(Process engine) throws InterruptedException {
        assertThat(engine.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return engine.exitValue();
    }

    /** The number of the engine's last heartbeat; -1 when the broker does not know it. */
    private static long lastAt(RunningBroker broker) throws Exception {
        return broker.body("/engines")
                .lines()
                .filter(line -> line.startsWith("e1,v2,"))
                .mapToLong(line -> Long.parseLong(line.split(",", -1)[2]))
                .findFirst()
                .orElse(-1);
    }

    @Test
    void shouldSendHeartbeatsInSequenceAndSayByeWhenItIsStopped() throws Exception {
        var broker = broker(Settings.USUAL);

        var engine = engine(broker.port(), Map.of());
        eventually().until(() -> lastAt(broker) >= 3);
        var children = engine.descendants().toList();
        engine.destroy();

        assertThat(ended(engine)).isZero();
        assertThat(children).hasSize(1);
        eventually().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(lastAt(broker)).as("forgotten, because it said BYE").isEqualTo(-1);
        // A number out of sequence would have cost the connection.
        assertThat(log()).containsPattern("ended code=0 last=(\\d+) acknowledged=\\1 lost=0 connections=1\n");
    }

    @Test
    void shouldConfirmWorkAndGoOnSendingHeartbeatsMeanwhile() throws Exception {
        var broker = broker(Settings.USUAL);
        engine(broker.port(), Map.of());
        eventually().until(() -> lastAt(broker) >= 1);

        long before = lastAt(broker);
        assertThat(broker.body("/dowork?time=2500&wait=true"))
                .startsWith("Broker, sent to 1 engines 'DOWORK:2500', 1 confirmed");
        eventually().until(() -> lastAt(broker) >= before + 2);

        assertThat(log()).doesNotContain("event=engine.worked");
        eventually().untilAsserted(() -> assertThat(log()).containsPattern("engine.worked order=1 cpu_ms=25\\d0\n"));
    }

    @Test
    void shouldEndWithTheCodeThatTheBrokerSays() throws Exception {
        var broker = broker(Settings.USUAL);
        var engine = engine(broker.port(), Map.of());
        eventually().until(() -> lastAt(broker) >= 0);

        assertThat(broker.body("/kill?code=7&wait=true")).contains("1 confirmed");

        assertThat(ended(engine)).isEqualTo(7);
        assertThat(lastAt(broker)).isEqualTo(-1);
    }

    @Test
    void shouldTakeItsPlaceBackWhenItsConnectionIsLost() throws Exception {
        var broker = broker(Settings.USUAL);
        var engine = engine(broker.port(), Map.of());
        eventually().until(() -> lastAt(broker) >= 1);

        engine.descendants().forEach(ProcessHandle::destroyForcibly);
        eventually().until(() -> log().contains("how=Resumed"));
        long then = lastAt(broker);

        assertThat(then).isPositive();
        eventually().until(() -> lastAt(broker) > then);
    }

    @Test
    void shouldComeBackToABrokerThatIsRestarted() throws Exception {
        var first = broker(Settings.USUAL);
        int port = first.port();
        engine(port, Map.of());
        eventually().until(() -> lastAt(first) >= 1);
        long before = lastAt(first);

        first.close();
        eventually().until(() -> log().contains("refused"));
        var second = broker(Settings.USUAL.on(port));

        eventually().until(() -> lastAt(second) > before);
        assertThat(log()).doesNotContain("how=Resumed");
    }

    @Test
    void shouldBeRefusedWhileAnotherHasItsId() throws Exception {
        var broker = broker(Settings.USUAL);
        try (var other = broker.connect().send("MUSTER:2:NewEngine:e1:0\n")) {
            assertThat(other.line()).startsWith("SUCCESS:");

            var engine = engine(broker.port(), Map.of("ENGINE_RETRY", "0"));

            assertThat(ended(engine)).isEqualTo(1);
            assertThat(log()).contains("FAILLED:Duplicate Engine ID e1", "ENGINE_RETRY=forever");
        }
    }

    @Test
    void shouldSpeakAsTheVectorsSay() throws Exception {
        var vector = Vector.all().stream()
                .filter(each -> each.name().equals("v2-heartbeats"))
                .findFirst()
                .orElseThrow();
        var server = listen();
        engine(server.getLocalPort(), Map.of("ENGINE_ID", "e1", "POD_UID", "other"));
        var engine = Engine.accept(server);

        assertThat(engine.next()).isEqualTo("NewEngine e1 0");
        engine.say(vector.texts('<').get(0).replace("TOKEN", TOKEN));
        for (int number : new int[] {42, 43}) {
            var heartbeat = engine.next().split(" ", -1);
            assertThat(heartbeat).hasSize(5).startsWith("HeartBeat", "e1", String.valueOf(number));
            engine.say("ACK:" + number + ":" + heartbeat[3]);
        }
        engine.say("DOWORK:20:1").say("DOWORK:0:2").say("KILL:0:3");

        var rest = new ArrayList<String>();
        do {
            rest.add(engine.next());
        } while (!rest.get(rest.size() - 1).equals("BYE"));
        assertThat(rest).containsSubsequence("CONFIRM 1", "CONFIRM 2", "CONFIRM 3", "BYE");
        assertThat(engine.heard.messages).doesNotContain("Malformed");
    }

    @Test
    void shouldDoOneWorkAfterTheOtherAndTellWhatWasTaken() throws Exception {
        var server = listen();
        engine(server.getLocalPort(), Map.of("ENGINE_HEARTBEAT", "3600"));
        var engine = Engine.accept(server);
        engine.next();

        engine.say("SUCCESS:Registered:" + TOKEN + ":0").say("DOWORK:150:4").say("DOWORK:0:5");

        var said = List.of(engine.next(), engine.next(), engine.next(), engine.next());
        assertThat(said).contains("CONFIRM 4", "CONFIRM 5").containsSubsequence("CONFIRM 4", "DONE 4 150", "DONE 5 0");
    }

    @ParameterizedTest
    @CsvSource({"Resumed:0123456789abcdef, true", "Registered:fedcba9876543210, false"})
    void shouldTellOfWorkOnALaterConnectionToTheBrokerThatStillKnowsIt(String answer, boolean told) throws Exception {
        var server = listen();
        engine(server.getLocalPort(), Map.of("ENGINE_HEARTBEAT", "3600"));
        var first = Engine.accept(server);
        first.next();
        first.say("SUCCESS:Registered:" + TOKEN + ":0").say("DOWORK:2500:4");
        assertThat(first.next()).isEqualTo("CONFIRM 4");

        first.socket().close();
        var second = Engine.accept(server);
        second.next();
        second.say("SUCCESS:" + answer + ":0");

        eventually().until(() -> log().contains("event=engine.worked order=4 "));
        assertThat(log().contains("told=false")).isEqualTo(!told);
        if (told) {
            assertThat(second.next()).startsWith("DONE 4 25");
        }
    }

    @Test
    void shouldUnderstandAMessageThatArrivesInPieces() throws Exception {
        var server = listen();
        engine(server.getLocalPort(), Map.of());
        var engine = Engine.accept(server);
        engine.next();
        engine.say("SUCCESS:Registered:" + TOKEN + ":0");

        engine.socket().getOutputStream().write('D');
        await().pollDelay(Duration.ofMillis(1_500)).until(() -> true); // a heartbeat is due meanwhile
        engine.say("OWORK:0:1");

        eventually().until(() -> engine.next().equals("DONE 1 0"));
    }

    @Test
    void shouldLeaveAConnectionOnWhichNothingIsAcknowledged() throws Exception {
        var server = listen();
        engine(server.getLocalPort(), Map.of());
        var first = Engine.accept(server);
        first.next();
        first.say("SUCCESS:Registered:" + TOKEN + ":0");

        var second = Engine.accept(server);

        // Four periods after the first heartbeat, and two for what this machine is about meanwhile.
        assertThat(second.next()).matches("NewEngine e1 [4-7] " + TOKEN);
        assertThat(log()).contains("no heartbeat was acknowledged for four periods");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "what",
                "ACK:7:1",
                "ACK:1:",
                "ERROR:no",
                "KILL:256:1",
                "KILL:08:1",
                "KILL:1",
                "DOWORK:-1:1",
                "DOWORK:1:99999999999999999999",
                "DOWORK:$(reboot):1",
                "SUCCESS:Registered:0123456789abcdef:0",
                "* ; ` \\",
            })
    void shouldNotGoOnWithABrokerThatCannotBeUnderstood(String nonsense) throws Exception {
        var server = listen();
        var engine = engine(server.getLocalPort(), Map.of("ENGINE_RETRY", "0", "ENGINE_HEARTBEAT", "3600"));

        Engine.accept(server).say("SUCCESS:Registered:" + TOKEN + ":0").say(nonsense);

        assertThat(ended(engine)).isEqualTo(1);
        assertThat(log()).contains("event=engine.registered", nonsense);
    }

    @Test
    void shouldNotWaitForEverForAnAnswerAndTryAgainUntilItGivesUp() throws Exception {
        var server = listen();
        var engine = engine(server.getLocalPort(), Map.of("ENGINE_RETRY", "1", "ENGINE_TIMEOUT", "1"));

        assertThat(ended(engine)).isEqualTo(1);
        assertThat(log()).contains("try=2", "no answer to the registration in 1 s", "tries=2");
    }

    /** What an engine may be about when its pod is deleted. */
    enum Moment {
        GREETING,
        WAITING,
        WORKING
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndAtOnceOnTermAndLeaveNoProcessBehind(Moment moment) throws Exception {
        var server = listen();
        if (moment == Moment.WAITING) {
            server.close();
        }
        var engine = engine(server.getLocalPort(), Map.of("ENGINE_RETRY_WAIT", "60", "ENGINE_TIMEOUT", "60"));
        if (moment == Moment.WAITING) {
            eventually().until(() -> log().contains("event=engine.retry"));
        } else {
            var peer = Engine.accept(server);
            peer.next();
            if (moment == Moment.WORKING) {
                peer.say("SUCCESS:Registered:" + TOKEN + ":0").say("DOWORK:86400000:1");
                eventually().until(() -> engine.descendants().count() == 2);
            }
        }
        var children = engine.descendants().toList();
        engine.destroy();

        // Each of these would go on for a minute and more.
        assertThat(engine.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(engine.exitValue()).isZero();
        eventually().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @ParameterizedTest
    @CsvSource({
        "ENGINE_BROKER, broker",
        "ENGINE_BROKER, broker:0",
        "ENGINE_BROKER, broker:70000",
        "ENGINE_BROKER, -e:1337",
        "ENGINE_BROKER, fe80::1:1337",
        "ENGINE_BROKER, ''",
        "ENGINE_HEARTBEAT, 10s",
        "ENGINE_HEARTBEAT, 0",
        "ENGINE_TIMEOUT, 601",
        "ENGINE_RETRY, always",
        "ENGINE_RETRY_WAIT, 08",
        "ENGINE_ID, a:b",
    })
    void shouldRefuseSettingsThatItCanNotWorkWith(String name, String value) throws Exception {
        var engine = engine(1, Map.of(name, value));

        assertThat(ended(engine)).isEqualTo(2);
        assertThat(log()).contains("event=engine.wrong", name, "'" + value + "': give ");
    }
}

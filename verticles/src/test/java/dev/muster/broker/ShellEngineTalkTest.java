package dev.muster.broker;

import static dev.muster.broker.ShellEngine.ended;
import static dev.muster.broker.ShellEngine.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code k8s/engine/engine.sh} under busybox, with a socket that says what a test wants. */
class ShellEngineTalkTest {
    private static final String TOKEN = "0123456789abcdef";

    @TempDir
    private Path logs;

    @AutoClose
    @SuppressWarnings("NullAway.Init") // before each test
    private ShellEngine shell;

    @BeforeEach
    void open() {
        shell = new ShellEngine(logs);
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

    @Test
    void shouldSpeakAsTheVectorsSay() throws Exception {
        var vector = Vector.all().stream()
                .filter(each -> each.name().equals("v2-heartbeats"))
                .findFirst()
                .orElseThrow();
        var server = shell.listen();
        shell.start(server.getLocalPort(), Map.of("ENGINE_ID", "e1", "POD_UID", "other"));
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
        var server = shell.listen();
        shell.start(server.getLocalPort(), Map.of("ENGINE_HEARTBEAT", "3600"));
        var engine = Engine.accept(server);
        engine.next();

        engine.say("SUCCESS:Registered:" + TOKEN + ":0").say("DOWORK:150:4").say("DOWORK:0:5");

        var said = List.of(engine.next(), engine.next(), engine.next(), engine.next());
        assertThat(said).contains("CONFIRM 4", "CONFIRM 5").containsSubsequence("CONFIRM 4", "DONE 4 150", "DONE 5 0");
    }

    @ParameterizedTest
    @CsvSource({"Resumed:0123456789abcdef, true", "Registered:fedcba9876543210, false"})
    void shouldTellOfWorkOnALaterConnectionToTheBrokerThatStillKnowsIt(String answer, boolean told) throws Exception {
        var server = shell.listen();
        shell.start(server.getLocalPort(), Map.of("ENGINE_HEARTBEAT", "3600"));
        var first = Engine.accept(server);
        first.next();
        first.say("SUCCESS:Registered:" + TOKEN + ":0").say("DOWORK:2500:4");
        assertThat(first.next()).isEqualTo("CONFIRM 4");

        first.socket().close();
        var second = Engine.accept(server);
        second.next();
        second.say("SUCCESS:" + answer + ":0");

        eventually().until(() -> shell.log().contains("event=engine.worked order=4 "));
        assertThat(shell.log().contains("told=false")).isEqualTo(!told);
        if (told) {
            assertThat(second.next()).startsWith("DONE 4 25");
        }
    }

    @Test
    void shouldUnderstandAMessageThatArrivesInPieces() throws Exception {
        var server = shell.listen();
        shell.start(server.getLocalPort(), Map.of());
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
        var server = shell.listen();
        shell.start(server.getLocalPort(), Map.of());
        var first = Engine.accept(server);
        first.next();
        first.say("SUCCESS:Registered:" + TOKEN + ":0");

        var second = Engine.accept(server);

        // Four periods after the first heartbeat, and two for what this machine is about meanwhile.
        assertThat(second.next()).matches("NewEngine e1 [4-7] " + TOKEN);
        assertThat(shell.log()).contains("no heartbeat was acknowledged for four periods");
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
        var server = shell.listen();
        var engine = shell.start(server.getLocalPort(), Map.of("ENGINE_RETRY", "0", "ENGINE_HEARTBEAT", "3600"));

        Engine.accept(server).say("SUCCESS:Registered:" + TOKEN + ":0").say(nonsense);

        assertThat(ended(engine)).isEqualTo(1);
        assertThat(shell.log()).contains("event=engine.registered", nonsense);
    }

    @Test
    void shouldNotWaitForEverForAnAnswerAndTryAgainUntilItGivesUp() throws Exception {
        var server = shell.listen();
        var engine = shell.start(server.getLocalPort(), Map.of("ENGINE_RETRY", "1", "ENGINE_TIMEOUT", "1"));

        assertThat(ended(engine)).isEqualTo(1);
        assertThat(shell.log()).contains("try=2", "no answer to the registration in 1 s", "tries=2");
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
        var server = shell.listen();
        if (moment == Moment.WAITING) {
            server.close();
        }
        var engine = shell.start(server.getLocalPort(), Map.of("ENGINE_RETRY_WAIT", "60", "ENGINE_TIMEOUT", "60"));
        if (moment == Moment.WAITING) {
            eventually().until(() -> shell.log().contains("event=engine.retry"));
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
}

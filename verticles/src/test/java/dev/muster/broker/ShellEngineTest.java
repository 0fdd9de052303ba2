package dev.muster.broker;

import static dev.muster.broker.ShellEngine.ended;
import static dev.muster.broker.ShellEngine.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.broker.RunningBroker.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code k8s/engine/engine.sh} under busybox, with a real broker. */
class ShellEngineTest {
    @TempDir
    private Path logs;

    @AutoClose
    @SuppressWarnings("NullAway.Init") // before each test
    private ShellEngine shell;

    @BeforeEach
    void open() {
        shell = new ShellEngine(logs);
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
        var broker = shell.broker(Settings.USUAL);

        var engine = shell.start(broker.port(), Map.of());
        eventually().until(() -> lastAt(broker) >= 3);
        var children = engine.descendants().toList();
        engine.destroy();

        assertThat(ended(engine)).isZero();
        assertThat(children).hasSize(1);
        eventually().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(lastAt(broker)).as("forgotten, because it said BYE").isEqualTo(-1);
        // A number out of sequence would have cost the connection.
        assertThat(shell.log()).containsPattern("ended code=0 last=(\\d+) acknowledged=\\1 lost=0 connections=1\n");
    }

    @Test
    void shouldConfirmWorkAndGoOnSendingHeartbeatsMeanwhile() throws Exception {
        var broker = shell.broker(Settings.USUAL);
        shell.start(broker.port(), Map.of());
        eventually().until(() -> lastAt(broker) >= 1);

        long before = lastAt(broker);
        assertThat(broker.body("/dowork?time=2500&wait=true"))
                .startsWith("Broker, sent to 1 engines 'DOWORK:2500', 1 confirmed");
        eventually().until(() -> lastAt(broker) >= before + 2);

        assertThat(shell.log()).doesNotContain("event=engine.worked");
        eventually()
                .untilAsserted(() -> assertThat(shell.log()).containsPattern("engine.worked order=1 cpu_ms=25\\d0\n"));
    }

    @Test
    void shouldEndWithTheCodeThatTheBrokerSays() throws Exception {
        var broker = shell.broker(Settings.USUAL);
        var engine = shell.start(broker.port(), Map.of());
        eventually().until(() -> lastAt(broker) >= 0);

        assertThat(broker.body("/kill?code=7&wait=true")).contains("1 confirmed");

        assertThat(ended(engine)).isEqualTo(7);
        assertThat(lastAt(broker)).isEqualTo(-1);
    }

    @Test
    void shouldTakeItsPlaceBackWhenItsConnectionIsLost() throws Exception {
        var broker = shell.broker(Settings.USUAL);
        var engine = shell.start(broker.port(), Map.of());
        eventually().until(() -> lastAt(broker) >= 1);

        engine.descendants().forEach(ProcessHandle::destroyForcibly);
        eventually().until(() -> shell.log().contains("how=Resumed"));
        long then = lastAt(broker);

        assertThat(then).isPositive();
        eventually().until(() -> lastAt(broker) > then);
    }

    @Test
    void shouldComeBackToABrokerThatIsRestarted() throws Exception {
        var first = shell.broker(Settings.USUAL);
        int port = first.port();
        shell.start(port, Map.of());
        eventually().until(() -> lastAt(first) >= 1);
        long before = lastAt(first);

        first.close();
        eventually().until(() -> shell.log().contains("refused"));
        var second = shell.broker(Settings.USUAL.on(port));

        eventually().until(() -> lastAt(second) > before);
        assertThat(shell.log()).doesNotContain("how=Resumed");
    }

    @Test
    void shouldBeRefusedWhileAnotherHasItsId() throws Exception {
        var broker = shell.broker(Settings.USUAL);
        try (var other = broker.connect().send("MUSTER:2:NewEngine:e1:0\n")) {
            assertThat(other.line()).startsWith("SUCCESS:");

            var engine = shell.start(broker.port(), Map.of("ENGINE_RETRY", "0"));

            assertThat(ended(engine)).isEqualTo(1);
            assertThat(shell.log()).contains("FAILLED:Duplicate Engine ID e1", "ENGINE_RETRY=forever");
        }
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
        var engine = shell.start(1, Map.of(name, value));

        assertThat(ended(engine)).isEqualTo(2);
        assertThat(shell.log()).contains("event=engine.wrong", name, "'" + value + "': give ");
    }
}

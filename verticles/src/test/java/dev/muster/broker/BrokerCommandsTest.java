package dev.muster.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.broker.RunningBroker.Settings;
import dev.muster.bus.Command.Action;
import dev.muster.bus.Failure;
import dev.muster.bus.Told;
import io.vertx.core.eventbus.ReplyException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that come over the bus do what the paths of HTTP do. */
class BrokerCommandsTest {
    private RunningBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = RunningBroker.start(Settings.USUAL);
    }

    @AfterEach
    void close() throws Exception {
        broker.close();
    }

    @Test
    void shouldTellEnginesOverTheBus() throws Exception {
        try (var one = broker.connect().send("MUSTER:2:NewEngine:one:0\n");
                var two = broker.connect().send("MUSTER:2:NewEngine:two:0\n")) {
            one.line();
            two.line();

            assertThat(broker.command(Action.DO_WORK, Map.of())).isEqualTo(new Told("DOWORK:50000", 2, 0, 0));
            assertThat(one.line()).isEqualTo("DOWORK:50000:1");
            assertThat(two.line()).isEqualTo("DOWORK:50000:1");
            assertThat(broker.command(Action.KILL, Map.of("code", "7", "engine", "two")))
                    .isEqualTo(new Told("KILL:7", 1, 0, 0));
            assertThat(two.line()).isEqualTo("KILL:7:2");
        }
    }

    @Test
    void shouldRefuseWhatItCantDo() {
        assertRefused(Action.START, Map.of());
        assertRefused(Action.KILL, Map.of("code", "256"));
        assertRefused(Action.DO_WORK, Map.of("engine", "nobody"));
    }

    private void assertRefused(Action action, Map<String, String> parameters) {
        assertThatThrownBy(() -> broker.command(action, parameters))
                .isInstanceOfSatisfying(
                        ReplyException.class, e -> assertThat(Failure.of(e)).isEqualTo(Failure.BAD_REQUEST));
    }
}

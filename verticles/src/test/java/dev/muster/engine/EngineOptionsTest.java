package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.EngineOptions.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EngineOptionsTest {
    @Test
    void shouldHaveDefaultsWithoutAnyProblem() {
        var commandLine = new CommandLine(EngineOptions.class);
        commandLine.registerConverter(Duration.class, text -> Duration.parse("PT" + text.replace("1ms", "0.001s")));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.parseArgs();
        EngineOptions options = commandLine.getCommand();

        assertThat(Engine.problems(options)).isEmpty();
        var setup = Setup.of(options, Map.of("HOSTNAME", "pod/7"));
        assertThat(setup.id(0)).isEqualTo("pod-7");
        assertThat(setup.sources()).isEmpty();
        assertThat(List.of(1, 2, 3, 4).stream().map(failures -> setup.waitNanos(0, failures) / 1_000_000_000L))
                .containsExactly(3L, 6L, 9L, 12L);
        assertThat(setup.retries()).isEqualTo(4);
    }

    @Test
    void shouldTellEveryProblemAtOnceWithItsOptionAndRange() {
        var options = new TestOptions(
                "host",
                0,
                "a b",
                Protocol.V1,
                Duration.ofMillis(1),
                Duration.ofDays(2),
                Duration.ofMillis(1),
                "often",
                Duration.ofMillis(1),
                List.of("127.0.0.1", "localhost"),
                false,
                -1);

        var problems = Engine.problems(options);

        assertThat(problems).hasSize(10);
        assertThat(String.join("\n", problems))
                .contains(
                        "--engine-warm-up must be 0 to 100000, not -1",
                        "--engine-count must be 1 to 1000000, not 0",
                        "--engine-heartbeat must be 100ms to 1h, not 1ms",
                        "--engine-ramp must be 0ms to 24h",
                        "--engine-timeout",
                        "--engine-retry-wait",
                        "--engine-retry must be 0 to 1000000, or forever, not 'often'",
                        "--engine-broker must be like host:1337, not 'host'",
                        "--engine-id",
                        "--engine-source-addresses must be addresses of this machine, like 127.0.1.1,127.0.1.2, not 'localhost'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", ":1337", "host:0", "host:65536", "http://host:1", "[host]:1", "h h:1"})
    void shouldRefuseWhatIsNoBroker(String broker) {
        assertThat(Setup.broker(broker)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker:1337", "127.0.0.1:1", "[::1]:65535", "broker.muster.svc:1337"})
    void shouldTakeNamesAndAddresses(String broker) {
        assertThat(Setup.broker(broker)).isPresent();
    }
}

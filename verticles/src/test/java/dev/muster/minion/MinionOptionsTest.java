package dev.muster.minion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MinionOptionsTest {
    @Test
    void shouldHaveDefaultsWithoutAnyProblem() {
        var commandLine = new CommandLine(MinionOptions.class);
        commandLine.registerConverter(
                Duration.class, text -> Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1))));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.parseArgs();
        MinionOptions options = commandLine.getCommand();

        assertThat(Minion.problems(options, Map.of())).isEmpty();
        assertThat(options.count()).isEqualTo(1);
        assertThat(options.poll()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.id()).isNull();
    }

    @Test
    void shouldTellEveryProblemAtOnceWithItsOptionAndRange() {
        var options = new TestOptions(
                0,
                "https://host",
                Duration.ofDays(2),
                MinionOptions.Arrival.CONSTANT,
                null,
                "a b",
                "x".repeat(65),
                20_000,
                Duration.ofMillis(1),
                Duration.ofHours(2),
                Duration.ofMillis(99));

        var problems = Minion.problems(options, Map.of("MINION__", "x"));

        assertThat(problems).hasSize(10);
        assertThat(String.join("\n", problems))
                .contains(
                        "--minion-count must be 1 to 1000000, not 0",
                        "--minion-connections must be 1 to 10000, not 20000",
                        "--minion-ramp must be 0ms to 24h",
                        "--minion-timeout",
                        "--minion-retry-max",
                        "--minion-poll must be 100ms to 1h, not 99ms",
                        "--minion-master-url must be like http://host:8888, not 'https://host'",
                        "--minion-id",
                        "--minion-run",
                        "MINION__");
    }

    @Test
    void shouldRefuseAPrefixThatHasNoRoomForTheNumbers() {
        var prefix = "x".repeat(125);

        assertThat(Minion.problems(TestOptions.of(10, "http://h").id(prefix), Map.of()))
                .isEmpty();
        assertThat(Minion.problems(TestOptions.of(1_000, "http://h").id(prefix), Map.of()))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host:8888",
                "ftp://host",
                "http://",
                "http://user@host",
                "http://host:0",
                "http://host:65536",
                "http://host/?x",
                "http://a b"
            })
    void shouldRefuseWhatIsNotAnAddressOfAMaster(String url) {
        assertThat(Minion.problems(TestOptions.of(1, url), Map.of()))
                .isEqualTo(List.of("--minion-master-url must be like http://host:8888, not '" + url + "'"));
    }
}

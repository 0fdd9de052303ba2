package dev.muster.launcher.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {
    @Test
    void shouldReadEveryUnitAndTakeABareNumberForSeconds() {
        assertThat(Durations.parse("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(Durations.parse("2s")).isEqualTo(Duration.ofSeconds(2));
        assertThat(Durations.parse("2")).isEqualTo(Duration.ofSeconds(2));
        assertThat(Durations.parse("0.25")).isEqualTo(Duration.ofMillis(250));
        assertThat(Durations.parse("1.5m")).isEqualTo(Duration.ofSeconds(90));
        assertThat(Durations.parse("1h")).isEqualTo(Duration.ofHours(1));
        assertThat(Durations.parse("999999999h")).isEqualTo(Duration.ofHours(999_999_999));
    }

    @Property(tries = 200)
    void shouldReadWholeMilliseconds(@ForAll @IntRange(max = 999_999_999) int millis) {
        assertThat(Durations.parse(millis + "ms")).isEqualTo(Duration.ofMillis(millis));
    }

    @Property(tries = 500)
    void shouldReadDecimalsAndCutThemToNanoseconds(
            @ForAll @IntRange(max = 999_999_999) int whole,
            @ForAll @NumericChars @StringLength(min = 1, max = 9) String decimals,
            @ForAll Unit unit) {
        var nanos = new BigDecimal(whole + "." + decimals)
                .multiply(BigDecimal.valueOf(unit.nanos))
                .toBigInteger();

        var read = Durations.parse(whole + "." + decimals + unit);

        assertThat(BigInteger.valueOf(read.getSeconds())
                        .multiply(BigInteger.valueOf(Unit.s.nanos))
                        .add(BigInteger.valueOf(read.getNano())))
                .isEqualTo(nanos);
    }

    private enum Unit {
        ms(1_000_000L),
        s(1_000_000_000L),
        m(60_000_000_000L),
        h(3_600_000_000_000L);

        private final long nanos;

        Unit(long nanos) {
            this.nanos = nanos;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1 s", "1d", "1.s", "1e3", "9999999999", "1s2"})
    void shouldRefuseAnythingElse(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("must be a duration such as 500ms, 2s, 1m or 1h");
    }
}

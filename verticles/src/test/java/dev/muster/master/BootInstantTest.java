package dev.muster.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootInstantTest {
    @Property(tries = 500)
    void shouldReadAnInstantOfEveryUnitAndCutItToMicroseconds(
            @ForAll @LongRange(min = 1_000_000_000L, max = 9_999_999_999L) long seconds,
            @ForAll @IntRange(max = 999_999_999) int nanos,
            @ForAll @IntRange(max = 3) int thousands) {
        var instant = BigDecimal.valueOf(nanos, 9).add(BigDecimal.valueOf(seconds));

        var micros = BootInstant.micros(instant.movePointRight(3 * thousands).toPlainString());

        assertThat(micros).hasValue(seconds * 1_000_000 + nanos / 1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"001700000000", "1700000000.", "1700000000.000000000", "1700000000000"})
    void shouldReadWaysToWriteTheSameInstant(String text) {
        assertThat(BootInstant.micros(text)).hasValue(1_700_000_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "0",
                "999999999",
                "17000000000",
                "170000000000",
                "17000000000000",
                "17000000000000000000",
                "-1700000000",
                "1700000000.0.0",
                "1.7e9",
                "1700000000.00000000000000000000000000000000000000000"
            })
    void shouldTakeNothingElseForAnInstant(String text) {
        assertThat(BootInstant.micros(text)).isEmpty();
    }
}

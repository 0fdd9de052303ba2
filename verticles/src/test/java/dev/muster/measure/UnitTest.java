package dev.muster.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnitTest {
    @ParameterizedTest
    @CsvSource({
        "NANOSECONDS, 0, 0.00 s",
        "NANOSECONDS, 999, 999 ns",
        "NANOSECONDS, 1234, 1.23 us",
        "NANOSECONDS, -45678901, -45.7 ms",
        "MICROSECONDS, 1500, 1.50 ms",
        "MILLISECONDS, 61000, 61.0 s",
        "SECONDS, 0.25, 250 ms",
        "BYTES, 999, 999 bytes",
        "BYTES, 1250000, 1.25 MB",
        "RATIO, 0.5, 50.0 %",
        "PER_SECOND, 506.4, 506 /s",
        "COUNT, 1000000, 1000000",
        "COUNT, 2.5, 2.50",
    })
    void shouldPrintAValueInTheUnitThatSuitsIt(Unit unit, double value, String text) {
        assertThat(unit.text(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeFoundByItsSymbol(Unit unit) {
        assertThat(Unit.ofSymbol(unit.symbol())).isEqualTo(unit);
    }

    @Test
    void shouldRefuseAnUnknownSymbol() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Unit.ofSymbol("fortnights"))
                .withMessageContaining("fortnights");
    }
}

package dev.muster.launcher.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1234567, '1,234,567'",
        "1234.56, '1,235'",
        "12.345, 12.3",
        "1.2345, 1.23",
        "0.12345, 0.123",
        "0.000031, 0.000031",
        "-0.0009876, -0.00099",
        "4.9E-9, 0.0000000049"
    })
    void shouldShowTheDigitsThatMatterAndNothingSmallAsZero(double value, String text) {
        assertThat(Figures.text(value)).isEqualTo(text);
    }
}

package dev.muster.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityTest {
    @ParameterizedTest
    @CsvSource({
        "2, 0, 1, 1",
        "2, 0, 5, 1",
        "2, 0.05, 1.9, 1",
        "2, 0.05, 2, 0.95",
        "0.5, 0.05, 1, 0.475",
        "2, 0.5, 4, 0.25",
        "1, 0.05, 0, 1",
    })
    void shouldHoldAllBackTogetherOnlyWhereHeadroomIsToBeLeft(
            double cores, double headroom, double wanted, double share) {
        assertThat(new Capacity(cores, headroom).share(wanted)).isCloseTo(share, within(1e-9));
    }
}

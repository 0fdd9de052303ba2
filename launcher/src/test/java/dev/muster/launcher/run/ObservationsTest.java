package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.launcher.catalogue.BootMetric;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.result.Measurement.Distributed;
import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import dev.muster.node.RunHealth;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservationsTest {
    @Test
    void shouldMergeDistributionsFromTheirSamplesAndNotFromTheirPercentiles() {
        var fast = new Distribution();
        var slow = new Distribution();
        for (int i = 0; i < 300; i++) {
            fast.record(1_000_000);
        }
        for (int i = 0; i < 100; i++) {
            slow.record(100_000_000);
        }

        var merged = (Distributed) merged(latency(fast), latency(slow), "boot.register.latency");

        assertThat(merged.count()).isEqualTo(400);
        assertThat(merged.unit()).isEqualTo("ms");
        assertThat(merged.p50()).isBetween(0.999, 1.001);
        assertThat(merged.p90()).isBetween(99.9, 100.1);
    }

    @Test
    void shouldTakeTheMedianOfTheValuesThatWereMeasured() {
        var merged = Observations.merged(List.of(
                        new Observations().value(BootMetric.RATE, 30),
                        new Observations().absent(BootMetric.RATE),
                        new Observations().value(BootMetric.RATE, 10),
                        new Observations().value(BootMetric.RATE, 11)))
                .measurements();

        assertThat(merged.get("boot.rate")).isEqualTo(Measurement.value(11, "/s"));
    }

    @Test
    void shouldTakeTheMiddleOfTwoAndNothingOfNone() {
        var two = merged(
                new Observations().value(BootMetric.RATE, 10),
                new Observations().value(BootMetric.RATE, 20),
                "boot.rate");
        var none = merged(
                new Observations().absent(BootMetric.RATE), new Observations().absent(BootMetric.RATE), "boot.rate");

        assertThat(two).isEqualTo(Measurement.value(15, "/s"));
        assertThat(none).isEqualTo(Measurement.none("/s"));
    }

    @Test
    void shouldRefuseANumberForADistribution() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Observations().value(BootMetric.LATENCY, 3))
                .withMessageContaining("boot.latency");
    }

    private static Observations latency(Distribution nanos) {
        return new Observations().samples(BootMetric.REGISTER_LATENCY, new RunHealth.Samples(Unit.NANOSECONDS, nanos));
    }

    private static Measurement merged(Observations one, Observations other, String metric) {
        var measurement =
                Observations.merged(List.of(one, other)).measurements().get(metric);
        assertThat(measurement).isNotNull();
        return measurement;
    }
}

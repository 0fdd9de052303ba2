package dev.muster.launcher.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.launcher.catalogue.Objective;
import dev.muster.launcher.catalogue.ResultMetric;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.result.Result.Check;
import dev.muster.measure.Distribution;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AskedTest {
    private static final Catalogue BOOT = Catalogue.of("boot").orElseThrow();

    /** As an experiment on a cluster would measure it. */
    private record PodStartup() implements ResultMetric {
        @Override
        public Definition definition() {
            return new Definition("pods.startup", Kind.DISTRIBUTION, Unit.MILLISECONDS, Better.LOWER, "Start-up");
        }

        @Override
        public Optional<Objective> objective() {
            return Optional.of(Objective.POD_STARTUP);
        }
    }

    @Test
    void shouldBeMetOnlyWhenEveryRepetitionMeetsIt() {
        var asked = Asked.of(Threshold.parse("boot.lost == 0", BOOT), "scenario");

        assertThat(asked.check(List.of(lost(0), lost(0))))
                .isEqualTo(new Check("boot.lost == 0", "scenario", true, List.of("0", "0")));
        assertThat(asked.check(List.of(lost(0), lost(3))))
                .isEqualTo(new Check("boot.lost == 0", "scenario", false, List.of("0", "3")));
        assertThat(asked.check(List.of()).met()).isFalse();
    }

    @Test
    void shouldTellTheObjectivesThatAnExperimentDoesNotMeasure() {
        var checks = Asked.kubernetes(BOOT).stream()
                .map(asked -> asked.check(List.of(lost(0))))
                .toList();

        assertThat(checks).hasSize(4).allSatisfy(check -> {
            assertThat(check.word()).isEqualTo("not measured");
            assertThat(check.met()).isFalse();
            assertThat(check.missed()).isFalse();
        });
    }

    @Test
    void shouldHoldAMetricAgainstTheObjectiveThatSpeaksOfIt() {
        var asked = Asked.kubernetes(new Catalogue("pods", List.of(new PodStartup())));

        assertThat(asked)
                .filteredOn(each -> each.threshold().isPresent())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.text()).isEqualTo("pods.startup p99 <= 5s");
                    assertThat(one.check(List.of(startup(4_990))).word()).isEqualTo("met");
                    assertThat(one.check(List.of(startup(5_100))).word()).isEqualTo("missed");
                });
    }

    private static Map<String, Measurement> lost(long count) {
        return Map.of("boot.lost", Measurement.count(count));
    }

    private static Map<String, Measurement> startup(long millis) {
        var samples = new Distribution();
        for (int i = 0; i < 100; i++) {
            samples.record(millis);
        }
        return Map.of("pods.startup", Measurement.of(Summary.of(Unit.MILLISECONDS, samples)));
    }
}

package dev.muster.launcher.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
    static Iterable<Catalogue> all() {
        return Catalogue.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldNameEveryMetricOnceAndSayInOneSentenceWhatItIs(Catalogue catalogue) {
        assertThat(catalogue.ids()).doesNotHaveDuplicates();
        assertThat(catalogue.metrics()).allSatisfy(metric -> {
            assertThat(metric.id()).matches("[a-z_]+(\\.[a-z0-9_]+)+");
            assertThat(metric.help()).matches("[A-Z].*[^.]");
        });
    }

    @Test
    void shouldBeFoundByTheExperimentAndTheMetricByItsName() {
        var boot = Catalogue.of("boot").orElseThrow();

        assertThat(boot.metric("boot.register.latency")).contains(BootMetric.REGISTER_LATENCY);
        assertThat(boot.metric("process.gc.pause")).contains(HealthResult.GC_PAUSE);
        assertThat(boot.metric("boot.speed")).isEmpty();
        assertThat(Catalogue.of("boat")).isEmpty();
    }
}

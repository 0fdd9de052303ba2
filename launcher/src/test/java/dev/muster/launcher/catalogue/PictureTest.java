package dev.muster.launcher.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.muster.bus.Percentiles;
import dev.muster.bus.Stats;
import dev.muster.launcher.catalogue.Picture.Line;
import dev.muster.launcher.catalogue.Picture.Style;
import dev.muster.launcher.catalogue.Picture.What;
import dev.muster.measure.Metric;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PictureTest {
    @Test
    void shouldDrawWhatSomeRoleMeasures() {
        var measured = measured();

        for (var catalogue : Catalogue.all()) {
            var panels = Picture.of(catalogue.experiment()).panels();
            assertThat(panels).as(catalogue.experiment()).isNotEmpty();
            assertThat(panels).flatExtracting(Picture.Panel::lines).allSatisfy(line -> {
                if (line.what() != What.PROCESSES) {
                    assertThat(measured).contains(line.metric());
                }
            });
        }
    }

    /** The ids of all enums of metrics of all roles. */
    private static Set<String> measured() {
        var location = Metric.class.getProtectionDomain().getCodeSource().getLocation();
        return new ClassFileImporter()
                .importUrl(location).stream()
                        .filter(each -> each.isEnum() && each.isAssignableTo(Metric.class))
                        .flatMap(each -> List.of(each.reflect().getEnumConstants()).stream())
                        .map(constant -> ((Metric) constant).id())
                        .collect(Collectors.toSet());
    }

    @Test
    void shouldLetTheLinesOfAChartBeToldApart() {
        for (var catalogue : Catalogue.all()) {
            assertThat(Picture.of(catalogue.experiment()).panels())
                    .as(catalogue.experiment())
                    .allSatisfy(panel ->
                            assertThat(panel.lines()).extracting(Line::style).doesNotHaveDuplicates());
        }
    }

    @Test
    void shouldDrawWhatWasWantedOtherThanWhatWasMeasured() {
        var lines = Catalogue.all().stream()
                .flatMap(catalogue -> Picture.of(catalogue.experiment()).panels().stream())
                .flatMap(panel -> panel.lines().stream())
                .toList();

        assertThat(lines)
                .filteredOn(line -> line.style() == Style.INTENDED)
                .extracting(Line::metric)
                .containsExactlyInAnyOrder(
                        "minion.started", "engine.intended", "driver.intended", "stress.cpu.requested");
    }

    @Test
    void shouldReadTheLastSecondAndNotTakeWhatWasNotMeasuredForZero() {
        var samples = new Percentiles("ns", 10, 1e6, 1e6, 2e6, 3e6, null, null, null, 4e6);
        var point = new Stats.Point(7, Map.of("a", 5L), Map.of(), Map.of("d", samples));
        var pod = new Stats.Instance("pod", "stress,broker", "b", "i", 0, false, 0, 0, Map.of());
        var silent = new Stats.Instance("other", "stress", "b", "i", 9_000, true, 0, 0, Map.of());
        var stats = new Stats(
                8_000,
                List.of(pod, silent),
                Map.of("a", 50L),
                Map.of("g", 3.0),
                Map.of(),
                Map.of(),
                List.of(point),
                List.of());

        assertThat(new Line("", "a", What.TOTAL, 1).read(stats)).isEqualTo(50);
        assertThat(new Line("", "a", What.RATE, 0.1).read(stats)).isEqualTo(0.5);
        assertThat(new Line("", "g", What.GAUGE, 1).read(stats)).isEqualTo(3);
        assertThat(new Line("", "d", What.P50, 1).read(stats)).isEqualTo(2);
        assertThat(new Line("", "d", What.P99, 1).read(stats)).isEqualTo(4);
        assertThat(new Line("", "stress", What.PROCESSES, 1).read(stats)).isEqualTo(1);
        for (var what : List.of(What.TOTAL, What.GAUGE, What.P50, What.P99)) {
            assertThat(new Line("", "none", what, 1).read(stats))
                    .as(what.name())
                    .isNull();
        }
    }
}

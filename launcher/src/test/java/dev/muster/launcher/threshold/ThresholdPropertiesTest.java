package dev.muster.launcher.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.launcher.result.Measurement;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ThresholdPropertiesTest {
    private static final Catalogue BOOT = Catalogue.of("boot").orElseThrow();

    /** Whatever is written, it is read or it is told what is wrong with it. */
    @Property
    void shouldReadOrRefuseAnyTextInWords(@ForAll String text) {
        try {
            assertThat(Threshold.parse(text, BOOT).metric()).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageMatching("(?s).{10,}");
        }
    }

    @Property
    void shouldJudgeTheSameInEveryUnit(
            @ForAll @IntRange(max = 10_000) int limit, @ForAll @IntRange(max = 10_000) int is) {
        var measured = Map.of("boot.duration", Measurement.value(is, "s"));

        for (var operator : Operator.symbols()) {
            boolean inSeconds = met("boot.duration " + operator + " " + limit + "s", measured);
            assertThat(met("boot.duration " + operator + limit + "000ms", measured))
                    .isEqualTo(inSeconds);
            assertThat(met("boot.duration" + operator + limit + "000000 us", measured))
                    .isEqualTo(inSeconds);
        }
    }

    private static boolean met(String text, Map<String, Measurement> measured) {
        return Threshold.parse(text, BOOT).judge(measured).met();
    }
}

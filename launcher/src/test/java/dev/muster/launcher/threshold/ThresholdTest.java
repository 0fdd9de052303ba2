package dev.muster.launcher.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.launcher.result.Measurement;
import dev.muster.measure.Distribution;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("smoke")
class ThresholdTest {
    private static final Catalogue BOOT = Catalogue.of("boot").orElseThrow();

    @ParameterizedTest
    @CsvSource({
        "boot.lost == 0, true",
        "boot.lost != 0, false",
        "boot.lost < 0, false",
        "boot.lost <= 0, true",
        "boot.lost >= 1, false",
        "boot.lost > -1, true",
        "boot.rate >= 500/s, true",
        "boot.rate > 500 /s, false",
        "boot.duration < 2s, true",
        "boot.duration < 1999ms, false",
        "boot.duration < 0.03334 m, true",
        "boot.duration < 0.033 m, false",
        "process.cpu.share <= 25%, true",
        "process.cpu.share < 0.25, false",
        "boot.register.latency count == 1000, true",
        "boot.register.latency max <= 1000ms, true",
        "boot.register.latency max <= 0.999s, false",
        "boot.register.latency min >= 1000us, true",
        "boot.register.latency min > 0, true",
        "boot.register.latency mean < 501ms, true",
        "boot.register.latency mean < 500ms, false",
        "boot.register.latency p50 == 500ms, true",
        "boot.register.latency p90<901ms, true",
        "boot.register.latency p95 < 950ms, false",
        "boot.register.latency p99   <   991 ms, true",
        "boot.register.latency p99.9 < 1s, true",
        "boot.register.latency p99.9 < 998ms, false",
        "boot.register.latency p999 < 998ms, false",
    })
    void shouldHoldTheMeasuredValueAgainstTheLimitInWhateverUnitItIsWritten(String text, boolean met) {
        var measured = Map.of(
                "boot.lost", Measurement.count(0),
                "boot.rate", Measurement.value(500, "/s"),
                "boot.duration", Measurement.value(1.9995, "s"),
                "process.cpu.share", Measurement.value(0.25, "ratio"),
                "boot.register.latency", millisTo(1_000));

        assertThat(Threshold.parse(text, BOOT).judge(measured).met()).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({
        "boot.register.latency max >= 0, no samples",
        "boot.register.latency p99 != 3s, no samples",
        "boot.tries max >= 0, not measured",
        "boot.rate != 3/s, not measured",
        "boot.latency p99 >= 0, too few samples for a p99: 99",
        "boot.latency p99.9 < 1h, too few samples for a p99.9: 99",
    })
    void shouldNotBeMetByWhatWasNotMeasured(String text, String observed) {
        var measured = Map.of(
                "boot.register.latency",
                millisTo(0),
                "boot.rate",
                Measurement.none("/s"),
                "boot.latency",
                millisTo(99));

        var outcome = Threshold.parse(text, BOOT).judge(measured);

        assertThat(outcome).isEqualTo(new Threshold.Outcome(false, observed));
    }

    @Test
    void shouldShowTheMeasuredValueWithAsManyDigitsAsItTakesToTellItFromTheLimit() {
        var limit = Threshold.parse("boot.duration < 2s", BOOT);

        assertThat(limit.judge(duration(1.53210)).text()).isEqualTo("1.53 s");
        assertThat(limit.judge(duration(2.0004))).isEqualTo(new Threshold.Outcome(false, "2.0004 s"));
        assertThat(limit.judge(duration(2))).isEqualTo(new Threshold.Outcome(false, "2.00 s"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "boot.lost | is no threshold: write 'METRIC [STATISTIC] OPERATOR LIMIT', such as 'boot.minions < 250'",
                "== 0 | is no threshold",
                "boot.lost = 0 | no operator '='; did you mean ==?",
                "boot.lots == 0 | boot has no metric 'boot.lots'; did you mean boot.lost?",
                "speed > 3 | boot has no metric 'speed'; run --list shows what it has",
                "boot.lost p99 == 0 | boot.lost is one number: leave 'p99' out",
                "boot.latency < 3s | boot.latency is a distribution: say what of it, one of count, min, mean, p50,",
                "boot.latency p98 < 3s | no statistic 'p98' among count, min, mean, p50, p90, p95, p99, p99.9, max; did",
                "boot.latency very p99 < 3s | has too many words before <",
                "boot.latency p99 < 3 | 3 needs a unit, one of ms, s, us, ns, m, h: write 3ms",
                "boot.latency p99 < 3mss | no unit 'mss' here among ms, s, us, ns, m, h; did you mean ms?",
                "boot.latency p99 < soon | 'soon' is no number with a unit, such as 250ms",
                "boot.latency count > 3ms | it has no unit, so write 3 and not 3ms",
                "boot.lost == 0/s | it has no unit, so write 0 and not 0/s",
                "boot.rate > 500 | 500 needs a unit, one of /s: write 500/s",
                "boot.lost == | '' is no number",
                "boot.lost == 0 == 0 | '0 == 0' is no number",
            })
    void shouldSayWhatToWriteInstead(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Threshold.parse(text, BOOT))
                .withMessageStartingWith(message);
    }

    private static Map<String, Measurement> duration(double seconds) {
        return Map.of("boot.duration", Measurement.value(seconds, "s"));
    }

    /** 1 ms, 2 ms, and so on. */
    private static Measurement millisTo(int last) {
        var samples = new Distribution();
        for (int i = 1; i <= last; i++) {
            samples.record(i);
        }
        return Measurement.of(Summary.of(Unit.MILLISECONDS, samples));
    }
}

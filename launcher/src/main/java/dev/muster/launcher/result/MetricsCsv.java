package dev.muster.launcher.result;

import dev.muster.launcher.result.Measurement.Distributed;
import dev.muster.launcher.result.Measurement.Value;
import java.math.BigDecimal;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The metrics of a result as {@code metrics.csv}: a line for each of the whole run, then of each repetition. */
final class MetricsCsv {
    static final String HEADER = "repetition,metric,unit,value,count,min,mean,p50,p90,p95,p99,p999,max\n";

    private MetricsCsv() {}

    static String of(Result result) {
        var text = new StringBuilder(HEADER);
        lines(text, "all", result.metrics());
        result.repetitions().forEach(each -> lines(text, String.valueOf(each.number()), each.metrics()));
        return text.toString();
    }

    private static void lines(StringBuilder text, String repetition, Map<String, Measurement> metrics) {
        metrics.forEach((name, metric) -> {
            var line = new StringJoiner(",", "", "\n").add(repetition).add(name);
            if (metric instanceof Value value) {
                line.add(value.unit()).add(number(value.value())).add(",,,,,,,,");
            } else if (metric instanceof Distributed samples) {
                line.add(samples.unit())
                        .add("")
                        .add(String.valueOf(samples.count()))
                        .add(number(samples.min()))
                        .add(number(samples.mean()))
                        .add(number(samples.p50()))
                        .add(number(samples.p90()))
                        .add(number(samples.p95()))
                        .add(number(samples.p99()))
                        .add(number(samples.p999()))
                        .add(number(samples.max()));
            }
            text.append(line);
        });
    }

    /** Plain decimals, all digits that {@code summary.json} has; nothing for what was not measured. */
    private static String number(@Nullable Double value) {
        return value == null
                ? ""
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}

package dev.muster.launcher.threshold;

import dev.muster.launcher.result.Measurement.Distributed;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a distribution is judged. */
public enum Statistic {
    COUNT("count"),
    MIN("min"),
    MEAN("mean"),
    P50("p50"),
    P90("p90"),
    P95("p95"),
    P99("p99"),
    P999("p99.9"),
    MAX("max");

    private final String word;

    Statistic(String word) {
        this.word = word;
    }

    /** As it is written. */
    public String word() {
        return word;
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Statistic::word).toList();
    }

    /** The statistic of this word; as results name it ({@code p999}) or as it is written. */
    static Optional<Statistic> of(String word) {
        return Arrays.stream(values())
                .filter(statistic -> statistic.word.equals(word)
                        || statistic.word.replace(".", "").equals(word))
                .findFirst();
    }

    /** Its words as a regular expression. */
    String pattern() {
        return word.replace(".", "\\.?");
    }

    /** Its value, in the distribution's unit but for the count; null when there are too few samples for it. */
    @Nullable Double of(Distributed samples) {
        return switch (this) {
            case COUNT -> (Double) (double) samples.count();
            case MIN -> samples.min();
            case MEAN -> samples.mean();
            case P50 -> samples.p50();
            case P90 -> samples.p90();
            case P95 -> samples.p95();
            case P99 -> samples.p99();
            case P999 -> samples.p999();
            case MAX -> samples.max();
        };
    }
}

package dev.muster.collector;

import dev.muster.bus.Snapshot;
import dev.muster.measure.Distribution;
import dev.muster.node.Histograms;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of a process, from its start to its end: the latest state that was heard of it. What an earlier state held is
 * in the totals already, so each snapshot counts by what it has more.
 */
final class Incarnation {
    private static final Logger LOG = LoggerFactory.getLogger(Incarnation.class);

    private final Units units;
    private final Map<String, Long> counters = new HashMap<>();
    private final Map<String, Snapshot.Encoded> histograms = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private Snapshot latest;

    /** Of which nothing has been taken yet but its name. */
    Incarnation(Units units, Snapshot first) {
        this.units = units;
        this.latest = first;
    }

    Snapshot latest() {
        return latest;
    }

    /** Takes a snapshot and returns what it has more than the one before. */
    Measured take(Snapshot snapshot) {
        var news = new Measured();
        snapshot.counters().forEach((name, count) -> news.count(name, count - replace(name, count)));
        snapshot.histograms().forEach((name, histogram) -> take(name, histogram, news));
        latest = snapshot;
        return news;
    }

    private long replace(String name, long count) {
        var before = counters.put(name, count);
        return before == null ? 0 : before;
    }

    private void take(String name, Snapshot.Encoded histogram, Measured news) {
        try {
            var before = histograms.get(name);
            news.sample(name, units.of(name, histogram.unit()), difference(histogram, before));
            histograms.put(name, histogram);
        } catch (IllegalArgumentException e) {
            if (refused.add(name)) {
                LOG.warn(
                        "event=histogram_refused instance={} metric={} cause=\"{}\"",
                        latest.instance(),
                        name,
                        e.getMessage());
            }
        }
    }

    private static Distribution difference(Snapshot.Encoded now, Snapshot.@Nullable Encoded before) {
        if (before == null) {
            return Histograms.decode(now);
        }
        if (Arrays.equals(now.positive(), before.positive()) && Arrays.equals(now.negative(), before.negative())) {
            return new Distribution(); // most distributions of most processes, most of the time
        }
        return Histograms.difference(now, before);
    }
}

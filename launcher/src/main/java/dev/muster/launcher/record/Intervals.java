package dev.muster.launcher.record;

import dev.muster.bus.Snapshot;
import dev.muster.bus.Stats;
import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import dev.muster.node.Histograms;
import dev.muster.node.RunHealth.Samples;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes intervals of cumulative answers. Nothing is interpolated: an answer that did not come, or in which nothing was
 * heard, makes the next interval longer. For one thread.
 */
final class Intervals {
    private static final Logger LOG = LoggerFactory.getLogger(Intervals.class);

    /** Names become names of files and cells of a table, and they come from whoever is on the bus. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final Set<String> refused = new HashSet<>();
    private Stats latest;
    private final Map<String, Distribution> samples = new HashMap<>();

    /** @param before what came before it belongs to no interval */
    Intervals(Stats before) {
        latest = before;
        before.encoded().forEach((name, encoded) -> samples.put(name, Histograms.decode(encoded)));
    }

    /** What is new since the last answer that made an interval; empty when the collector has heard of no process since. */
    Optional<Interval> next(Stats stats) {
        return heard(stats) == 0 ? Optional.empty() : Optional.of(rest(stats));
    }

    /** What is new since the last answer that made an interval, be it nothing. */
    Interval rest(Stats stats) {
        var interval = new Interval(
                latest.epochMillis(),
                stats.epochMillis(),
                stats.instances().size(),
                heard(stats),
                counters(stats),
                accepted(stats.gauges()),
                samples(stats));
        latest = stats;
        return interval;
    }

    /** How many processes sent a snapshot since. */
    private int heard(Stats stats) {
        long length = stats.epochMillis() - latest.epochMillis();
        return Math.toIntExact(stats.instances().stream()
                .filter(instance -> instance.silentMillis() < length)
                .count());
    }

    private SortedMap<String, Long> counters(Stats stats) {
        var increments = new TreeMap<String, Long>();
        accepted(stats.counters()).forEach((name, count) -> {
            long before = latest.counters().getOrDefault(name, 0L);
            // A collector that came back begins anew.
            increments.put(name, count < before ? count : count - before);
        });
        return increments;
    }

    private SortedMap<String, Samples> samples(Stats stats) {
        var news = new TreeMap<String, Samples>();
        accepted(stats.encoded())
                .forEach((name, encoded) ->
                        news.put(name, new Samples(Unit.ofSymbol(encoded.unit()), news(name, encoded))));
        return news;
    }

    private Distribution news(String name, Snapshot.Encoded encoded) {
        var before = latest.encoded().get(name);
        if (before != null
                && Arrays.equals(encoded.positive(), before.positive())
                && Arrays.equals(encoded.negative(), before.negative())) {
            return new Distribution(); // most distributions of most seconds
        }
        var now = Histograms.decode(encoded);
        var earlier = samples.put(name, now);
        return earlier == null ? now.copy() : now.since(earlier);
    }

    private <T> SortedMap<String, T> accepted(Map<String, T> metrics) {
        var accepted = new TreeMap<String, T>();
        metrics.forEach((name, value) -> {
            if (NAME.matcher(name).matches()) {
                accepted.put(name, value);
            } else if (refused.add(name)) {
                LOG.warn("event=metric_refused name=\"{}\"", name);
            }
        });
        return accepted;
    }
}

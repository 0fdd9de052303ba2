package dev.muster.collector;

import dev.muster.bus.Percentiles;
import dev.muster.bus.Stats;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happened in each second, by when the collector heard of it, which is up to a second after it happened. A second
 * in which nothing was heard has no point: it is unknown, not zero.
 */
final class Timeline {
    private final int most;
    private final Deque<Stats.Point> points = new ArrayDeque<>();
    private Measured current = new Measured();
    private long second = Long.MIN_VALUE;
    private boolean heard;

    /** @param most how many points to keep */
    Timeline(int most) {
        this.most = most;
    }

    /**
     * It is now this second: an earlier one becomes a point.
     *
     * @param gauges their values at the end of the earlier second
     */
    void advance(long epochSecond, Supplier<Map<String, Double>> gauges) {
        if (epochSecond <= second) {
            return;
        }
        if (heard) {
            points.addLast(new Stats.Point(second, counted(), gauges.get(), sampled()));
            if (points.size() > most) {
                points.removeFirst();
            }
            current = new Measured();
            heard = false;
        }
        second = epochSecond;
    }

    /** Something was heard in this second. */
    void add(Measured news) {
        current.add(news);
        heard = true;
    }

    /**
     * Of seconds that are over, oldest first.
     *
     * @param most at most so many, the latest ones; null for all
     */
    List<Stats.Point> latest(@Nullable Integer most) {
        int skipped = most == null ? 0 : Math.max(0, points.size() - most);
        return points.stream().skip(skipped).toList();
    }

    private Map<String, Long> counted() {
        var counters = current.counters();
        counters.values().removeIf(count -> count == 0);
        return counters;
    }

    private Map<String, Percentiles> sampled() {
        var distributions = new TreeMap<>(current.percentiles());
        distributions.values().removeIf(percentiles -> percentiles.count() == 0);
        return distributions;
    }
}

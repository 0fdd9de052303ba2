package dev.muster.console;

import dev.muster.bus.RunNews;
import dev.muster.bus.Stats;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The latest run as far as it was heard of, with its last quarter of an hour, for whoever begins to watch. */
final class Track {
    private static final int MOST = 900;

    private final Deque<Stats.Point> points = new ArrayDeque<>();
    private @Nullable RunNews latest;

    void take(RunNews news) {
        if (latest == null || !latest.run().equals(news.run())) {
            points.clear();
        }
        latest = news;
        var stats = news.stats();
        if (stats != null) {
            points.addAll(stats.timeline());
        }
        while (points.size() > MOST) {
            points.removeFirst();
        }
    }

    /** The latest news with all the seconds that are kept; empty when there was no run. */
    Optional<RunNews> all() {
        return Optional.ofNullable(latest).map(this::complete);
    }

    private RunNews complete(RunNews news) {
        var stats = news.stats();
        return stats == null
                ? news
                : new RunNews(
                        news.run(),
                        news.experiment(),
                        news.command(),
                        news.by(),
                        news.startMillis(),
                        news.state(),
                        news.progress(),
                        new Stats(
                                stats.epochMillis(),
                                stats.instances(),
                                stats.counters(),
                                stats.gauges(),
                                stats.distributions(),
                                stats.encoded(),
                                new ArrayList<>(points),
                                stats.gaps()),
                        news.result(),
                        news.error());
    }
}

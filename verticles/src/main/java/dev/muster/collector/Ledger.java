package dev.muster.collector;

import dev.muster.bus.Snapshot;
import dev.muster.bus.Stats;
import dev.muster.bus.StatsQuery;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Merges the snapshots of all processes. The totals are the sum over every incarnation of its latest state, kept up to
 * date by differences, so that an answer costs the same however many processes there are. For one thread.
 */
final class Ledger {
    private final Map<String, Participant> participants = new TreeMap<>();
    private final Units units = new Units();
    private final Measured total = new Measured();
    private final Timeline timeline;

    /** @param timelinePoints how many seconds of the timeline to keep */
    Ledger(int timelinePoints) {
        timeline = new Timeline(timelinePoints);
    }

    /** Takes a snapshot in, whatever was lost, repeated or overtaken before it. */
    void receive(Snapshot snapshot, long nowMillis) {
        timeline.advance(Math.floorDiv(nowMillis, 1_000), this::gauges);
        participants
                .computeIfAbsent(snapshot.instance(), name -> new Participant(name, units))
                .receive(snapshot, nowMillis)
                .ifPresent(news -> {
                    total.add(news.measured());
                    timeline.add(news.timed() ? news.measured() : new Measured());
                });
    }

    /** Everything as it is now. */
    Stats stats(StatsQuery query, long nowMillis) {
        timeline.advance(Math.floorDiv(nowMillis, 1_000), this::gauges);
        return new Stats(
                nowMillis,
                participants.values().stream()
                        .map(participant -> participant.describe(nowMillis))
                        .toList(),
                total.counters(),
                gauges(),
                total.percentiles(),
                query.histograms() ? total.encoded() : Map.of(),
                query.timeline() ? timeline.latest(query.latest()) : List.of(),
                participants.values().stream()
                        .flatMap(participant -> participant.gaps().stream())
                        .toList());
    }

    private Map<String, Double> gauges() {
        var sums = new TreeMap<String, Double>();
        for (var participant : participants.values()) {
            participant.gauges().forEach((name, value) -> sums.merge(name, value, Double::sum));
        }
        return sums;
    }
}

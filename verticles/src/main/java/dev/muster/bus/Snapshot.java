package dev.muster.bus;

import java.util.Map;
import java.util.Objects;

/**
 * What one process has measured since it started. Counts and histograms are cumulative, so that a lost snapshot costs
 * resolution in time and nothing else.
 *
 * @param instance the process, unique among those alive: a pod's name, or host, roles and process id
 * @param incarnation a new one at each start, so that a restart is told from a reset
 * @param sequence from 1, one more with each snapshot: a gap is a lost snapshot
 * @param epochMillis when it was taken
 * @param build version and commit of the sender
 * @param roles the roles that the process runs, comma-separated
 * @param counters by name: {@code master.registered}
 * @param gauges by name
 * @param histograms by name
 */
public record Snapshot(
        String instance,
        String incarnation,
        long sequence,
        long epochMillis,
        String build,
        String roles,
        Map<String, Long> counters,
        Map<String, Double> gauges,
        Map<String, Encoded> histograms)
        implements Message {
    public Snapshot {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(incarnation, "incarnation");
        counters = Map.copyOf(counters);
        gauges = Map.copyOf(gauges);
        histograms = Map.copyOf(histograms);
    }

    /**
     * A cumulative distribution.
     *
     * @param unit of the recorded values, such as {@code ns}
     * @param positive values from 0 up, as HdrHistogram's V2 encoding
     * @param negative magnitudes of the values below 0, likewise; empty when there were none
     */
    @SuppressWarnings("ArrayRecordComponent") // immutable by convention: written once, by the encoder
    public record Encoded(String unit, byte[] positive, byte[] negative) {
        public Encoded {
            Objects.requireNonNull(unit, "unit");
            Objects.requireNonNull(positive, "positive");
            Objects.requireNonNull(negative, "negative");
        }
    }
}

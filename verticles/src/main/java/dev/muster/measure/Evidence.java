package dev.muster.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run says of its own trustworthiness.
 *
 * @param claimed the latency that the run reports, which its own disturbances must not reach
 * @param lateness of the generator against its schedule
 * @param loopDelay of the event loops
 * @param gcPauses that stopped all threads
 * @param cpuShare of the busiest process, over the run: 1 is all its processors
 * @param unsent work that the generator dropped or never got to send
 * @param restarts of processes that measured
 * @param builds of the code that took part
 * @param gaps in what the collector received, in words
 * @param merges of processes that were apart from the others on the bus and joined them again
 * @param durable whether what was acknowledged would have survived
 * @param betweenClocks latencies that compare two clocks; empty when every latency is of one clock
 */
public record Evidence(
        Summary claimed,
        Summary lateness,
        Summary loopDelay,
        Summary gcPauses,
        double cpuShare,
        long unsent,
        long restarts,
        List<String> builds,
        List<String> gaps,
        long merges,
        boolean durable,
        List<BetweenClocks> betweenClocks) {
    public Evidence {
        builds = List.copyOf(builds);
        gaps = List.copyOf(gaps);
        betweenClocks = List.copyOf(betweenClocks);
    }

    /**
     * A latency that one clock began and another one ended.
     *
     * @param name of its metric
     * @param latency as measured, values below zero included
     * @param errorNanos the two clocks' offset is known to within this ({@link ClockOffset.Estimate#errorNanos}); of
     *     several pairs of clocks the largest
     */
    public record BetweenClocks(String name, Summary latency, long errorNanos) {}

    /** The same, of a run that also measured this between two clocks. */
    public Evidence and(BetweenClocks more) {
        var all = new ArrayList<>(betweenClocks);
        all.add(more);
        return new Evidence(
                claimed, lateness, loopDelay, gcPauses, cpuShare, unsent, restarts, builds, gaps, merges, durable, all);
    }
}

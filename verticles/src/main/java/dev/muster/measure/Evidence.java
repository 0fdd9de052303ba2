package dev.muster.measure;

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
 * @param durable whether what was acknowledged would have survived
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
        boolean durable) {
    public Evidence {
        builds = List.copyOf(builds);
        gaps = List.copyOf(gaps);
    }
}

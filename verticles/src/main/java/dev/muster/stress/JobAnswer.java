package dev.muster.stress;

import java.util.List;
import java.util.Locale;

/**
 * What has become of a job.
 *
 * @param state {@code running}, {@code finished}, {@code stopped} or {@code failed}
 * @param elapsedSeconds since it was started, until it ended
 * @param requestedSeconds CPU time that it has asked for so far
 * @param deliveredSeconds CPU time that it has got
 */
record JobAnswer(
        String id,
        String host,
        String pod,
        String state,
        long seconds,
        int cores,
        double load,
        String kind,
        double elapsedSeconds,
        double requestedSeconds,
        double deliveredSeconds) {
    /** Several. */
    record All(String host, String pod, List<JobAnswer> jobs) {}

    static JobAnswer of(WhoAmI who, Job job) {
        var demand = job.demand();
        var used = job.used();
        return new JobAnswer(
                job.id(),
                who.host(),
                who.pod(),
                job.state().name().toLowerCase(Locale.ROOT),
                demand.seconds(),
                demand.cores(),
                demand.load(),
                demand.kind().word(),
                job.seconds(),
                used.requestedSeconds(),
                used.deliveredSeconds());
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "Host: %s, stress %s: %s, %.1f of %d s, CPU requested %.2f s, delivered %.2f s",
                host,
                id,
                state,
                elapsedSeconds,
                seconds,
                requestedSeconds,
                deliveredSeconds);
    }
}

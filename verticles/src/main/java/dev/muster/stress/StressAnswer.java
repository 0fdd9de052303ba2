package dev.muster.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The answer of {@code /stress}.
 *
 * @param state where to ask what has become of it
 * @param warnings what the client may not expect; empty when there is nothing
 */
record StressAnswer(
        String id,
        String host,
        String pod,
        String state,
        long seconds,
        int cores,
        double load,
        String kind,
        List<String> warnings) {
    /** All jobs were stopped. */
    record Stopped(String host, String pod, int stopped) {}

    static StressAnswer of(WhoAmI who, Capacity capacity, Job job) {
        var demand = job.demand();
        return new StressAnswer(
                job.id(),
                who.host(),
                who.pod(),
                "/stress/" + job.id(),
                demand.seconds(),
                demand.cores(),
                demand.load(),
                demand.kind().word(),
                warnings(demand, capacity));
    }

    private static List<String> warnings(Demand demand, Capacity capacity) {
        var warnings = new ArrayList<String>();
        if (demand.cores() > capacity.cores()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "cores=%d is more than the %s of this pod: it can't get all that it asks for",
                    demand.cores(),
                    capacity.cores() == Math.rint(capacity.cores())
                            ? String.valueOf((long) capacity.cores())
                            : String.valueOf(capacity.cores())));
        }
        return warnings;
    }

    /** As the original answers, and a line for each warning. */
    String text() {
        var lines = new ArrayList<String>();
        lines.add("Host: " + host + " " + seconds + "s stress.");
        warnings.forEach(warning -> lines.add("warning: " + warning));
        return String.join("\n", lines);
    }
}

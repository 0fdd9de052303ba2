package dev.muster.master;

import dev.muster.bus.MinionStats;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The statistics as the original master words them, with a line for each group and a word on tables in memory. */
final class StatsText {
    private StatsText() {}

    static String of(MinionStats stats, @Nullable String by) {
        var text = new StringBuilder(line(stats.registered(), stats.overallSeconds()));
        for (var group : stats.groups()) {
            text.append('\n')
                    .append(by)
                    .append('=')
                    .append(group.value())
                    .append(": ")
                    .append(line(group.registered(), group.overallSeconds()));
        }
        if (!stats.durable()) {
            text.append("\nThe table is in memory: it does not survive the database.");
        }
        return text.toString();
    }

    private static String line(long registered, double seconds) {
        var time = registered == 0 ? "0" : String.format(Locale.ROOT, "%.3f", seconds);
        return "Registered number of minions: " + registered + " Overall time: " + time + " seconds";
    }
}

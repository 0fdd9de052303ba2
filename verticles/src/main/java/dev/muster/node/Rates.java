package dev.muster.node;

import dev.muster.bus.Snapshot;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How fast a process counts, in words for the log, from one snapshot to the next. For one thread. */
final class Rates {
    private @Nullable Snapshot last;

    /**
     * Every counter that has grown since the snapshot before, per second: {@code master.registered=1200/s}. Empty when
     * none has, and for the first snapshot.
     */
    String since(Snapshot next) {
        var earlier = last;
        last = next;
        if (earlier == null || next.epochMillis() <= earlier.epochMillis()) {
            return "";
        }
        double seconds = (next.epochMillis() - earlier.epochMillis()) / 1e3;
        var words = new StringJoiner(" ");
        new TreeMap<>(next.counters()).forEach((name, count) -> {
            long more = count - earlier.counters().getOrDefault(name, 0L);
            if (more > 0) {
                words.add(String.format(Locale.ROOT, "%s=%.0f/s", name, more / seconds));
            }
        });
        return words.toString();
    }
}

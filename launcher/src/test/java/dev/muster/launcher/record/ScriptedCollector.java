package dev.muster.launcher.record;

import dev.muster.bus.Stats;
import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import dev.muster.node.Histograms;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A collector whose numbers and clock the test decides. */
final class ScriptedCollector {
    static final long START = 1_700_000_000_000L;

    private final Distribution latency = new Distribution();
    private final Distribution offset = new Distribution();
    private long nowMillis = START;
    private long heardMillis = START;
    private long acknowledged;
    private boolean late;

    /** So much time passes, and at its end the one process sends what it measured. */
    synchronized ScriptedCollector hears(long afterMillis, long... latencies) {
        passes(afterMillis);
        heardMillis = nowMillis;
        for (var each : latencies) {
            latency.record(each);
            acknowledged++;
        }
        return this;
    }

    /** So much time passes without a word. */
    synchronized ScriptedCollector passes(long millis) {
        nowMillis += millis;
        return this;
    }

    /** A metric that appears late, with values of both signs. */
    synchronized ScriptedCollector hearsOffsets(long... offsets) {
        late = true;
        for (var each : offsets) {
            offset.record(each);
        }
        return this;
    }

    Stats stats() {
        return stats("minion.latency");
    }

    /** The same with another name for its latency. */
    synchronized Stats stats(String name) {
        var encoded = new TreeMap<>(Map.of(name, Histograms.encode(Unit.NANOSECONDS, latency)));
        if (late) {
            encoded.put("clock.offset", Histograms.encode(Unit.MICROSECONDS, offset));
        }
        long silent = nowMillis - heardMillis;
        var process = new Stats.Instance("p", "minion", "b", "i", silent, silent >= 3_000, 0, 0, Map.of());
        return new Stats(
                nowMillis,
                List.of(process),
                Map.of("minion.acknowledged", acknowledged),
                Map.of("minion.trying", 2.5),
                Map.of(),
                encoded,
                List.of(),
                List.of());
    }

    synchronized Distribution latency() {
        return latency.copy();
    }

    synchronized Distribution offset() {
        return offset.copy();
    }
}

package dev.muster.launcher.run.boot;

import dev.muster.bus.Addresses;
import dev.muster.bus.MinionPage;
import dev.muster.bus.MinionPageQuery;
import dev.muster.launcher.run.Bus;
import dev.muster.master.MinionCsv;
import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import dev.muster.node.RunHealth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the minions of a run, as the master's table has them, page by page, and sums them up on the way. */
final class MinionsFile {
    private static final int PAGE = 1_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private final Distribution latency = new Distribution();
    private final Map<String, Long> pods = new HashMap<>();
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    private MinionsFile() {}

    /**
     * What the table says of all minions.
     *
     * @param start the first minion's boot; now when there is none
     * @param seconds from there to the last one's registration
     * @param latency from each minion's boot to its registration
     * @param pods when each minion that is a pod registered, epoch microseconds of the master's clock, by the pod's uid
     */
    record Summed(Instant start, double seconds, RunHealth.Samples latency, Map<String, Long> pods) {}

    /**
     * Writes {@code minions.csv}.
     *
     * @param run whose minions
     */
    static Summed write(Path file, Bus bus, String run) throws IOException {
        return write(file, bus, run, Long.MIN_VALUE);
    }

    /**
     * The same of the minions of all runs that first registered at or after an instant.
     *
     * @param since epoch microseconds of the master's clock
     */
    static Summed writeSince(Path file, Bus bus, long since) throws IOException {
        return write(file, bus, null, since);
    }

    private static Summed write(Path file, Bus bus, @Nullable String run, long since) throws IOException {
        var minions = new MinionsFile();
        try (var csv = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            csv.write(MinionCsv.HEADER);
            var query = new MinionPageQuery(run, "", "", PAGE);
            while (true) {
                var page = bus.ask(Addresses.MINION_PAGE, query, MinionPage.class);
                for (var minion : page.minions()) {
                    if (minion.firstSeenMicros() >= since) {
                        csv.write(MinionCsv.line(minion));
                        minions.take(minion);
                    }
                }
                if (page.minions().size() < PAGE) {
                    return minions.summed();
                }
                var end = page.minions().get(PAGE - 1);
                query = new MinionPageQuery(run, end.run(), end.minionId(), PAGE);
            }
        }
    }

    private void take(MinionPage.Row minion) {
        first = Math.min(first, minion.bootMicros());
        last = Math.max(last, minion.firstSeenMicros());
        latency.record(minion.firstSeenMicros() - minion.bootMicros());
        if (minion.podUid() != null) {
            pods.merge(minion.podUid(), minion.firstSeenMicros(), Math::min);
        }
    }

    private Summed summed() {
        var samples = new RunHealth.Samples(Unit.MICROSECONDS, latency);
        return first > last
                ? new Summed(Instant.now(), 0, samples, pods)
                : new Summed(Instant.ofEpochSecond(0, first * NANOS_PER_MICRO), (last - first) / 1e6, samples, pods);
    }
}

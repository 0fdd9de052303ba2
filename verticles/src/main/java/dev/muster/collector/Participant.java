package dev.muster.collector;

import dev.muster.bus.Snapshot;
import dev.muster.bus.Stats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A process by its name, through all its lives. A new incarnation begins at zero and adds to what the ones before it
 * left. The order in which snapshots arrive does not matter to what they come to.
 */
final class Participant {
    private static final long SILENT_MILLIS = 3_000;
    private static final int MAX_GAPS_TOLD = 10;
    /** A process that is restarted over and over: older lives take no late snapshots any more. */
    private static final int MAX_LIVES = 8;

    private final String name;
    private final Units units;
    private final Map<String, Incarnation> lives = new HashMap<>();
    private final Set<String> over = new HashSet<>();
    private final List<String> gaps = new ArrayList<>();
    private long missed;
    private long heardMillis;

    Participant(String name, Units units) {
        this.name = name;
        this.units = units;
    }

    /**
     * What a snapshot adds.
     *
     * @param measured to the totals
     * @param timed whether it was measured since the snapshot before, and not some time before the collector began
     */
    record News(Measured measured, boolean timed) {}

    /** What the snapshot adds; nothing when it is a duplicate or a later one was here before it. */
    Optional<News> receive(Snapshot snapshot, long nowMillis) {
        heardMillis = nowMillis;
        if (over.contains(snapshot.incarnation())) {
            return Optional.empty();
        }
        var life = lives.get(snapshot.incarnation());
        if (life == null) {
            life = begin(snapshot);
            return Optional.of(new News(life.take(snapshot), snapshot.sequence() == 1));
        }
        long before = life.latest().sequence();
        if (snapshot.sequence() <= before) {
            return Optional.empty();
        }
        miss(snapshot.sequence() - before - 1, before);
        return Optional.of(new News(life.take(snapshot), true));
    }

    private Incarnation begin(Snapshot first) {
        if (lives.size() == MAX_LIVES) {
            lives.values().stream()
                    .min(AGE)
                    .map(life -> life.latest().incarnation())
                    .ifPresent(oldest -> {
                        lives.remove(oldest);
                        over.add(oldest);
                    });
        }
        var life = new Incarnation(units, first);
        lives.put(first.incarnation(), life);
        return life;
    }

    private void miss(long snapshots, long after) {
        if (snapshots > 0) {
            missed += snapshots;
            if (gaps.size() < MAX_GAPS_TOLD) {
                gaps.add(name + ": " + snapshots + (snapshots == 1 ? " snapshot" : " snapshots") + " after number "
                        + after);
            } else if (gaps.size() == MAX_GAPS_TOLD) {
                gaps.add(name + ": more, " + MAX_GAPS_TOLD + " are told");
            }
        }
    }

    private static final Comparator<Incarnation> AGE =
            Comparator.comparingLong(life -> life.latest().epochMillis());

    private Snapshot latest() {
        return lives.values().stream().max(AGE).orElseThrow().latest();
    }

    /** The latest values of the life that runs. */
    Map<String, Double> gauges() {
        return latest().gauges();
    }

    /** What it missed, in words. */
    List<String> gaps() {
        return gaps;
    }

    Stats.Instance describe(long nowMillis) {
        var latest = latest();
        long silence = Math.max(0, nowMillis - heardMillis);
        return new Stats.Instance(
                name,
                latest.roles(),
                latest.build(),
                latest.incarnation(),
                silence,
                silence >= SILENT_MILLIS,
                lives.size() + over.size() - 1,
                missed,
                latest.gauges());
    }
}

package dev.muster.launcher.run.stress;

import dev.muster.bus.Stats;
import dev.muster.launcher.run.Bus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processes with the role stress, as the collector hears of them. */
final class StressPods {
    /** In which each process is heard of once more than twice. */
    static final Duration STILL = Duration.ofMillis(2_500);

    private static final Duration MOST = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(100);

    private StressPods() {}

    /** Those that can take part now: heard of lately. */
    static List<String> fresh(List<Stats.Instance> processes) {
        return stress(processes)
                .filter(each -> !each.silent() && each.silentMillis() < STILL.toMillis())
                .map(Stats.Instance::name)
                .toList();
    }

    /** All that were ever heard of. */
    private static Set<String> known(List<Stats.Instance> processes) {
        return stress(processes).map(Stats.Instance::name).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Stats.Instance> stress(List<Stats.Instance> processes) {
        return processes.stream()
                .filter(each -> List.of(each.roles().split(",", -1)).contains("stress"));
    }

    /**
     * Waits until those that are there are known, and returns their names. A pod tells all that it has burnt since its
     * start: one that were heard of only during a load would bring its past into it.
     *
     * @param least how many there are to be; after 10 s it returns with fewer
     * @param still for how long no more are to have been heard of
     */
    static Set<String> await(Bus bus, int least, Duration still) {
        long began = System.nanoTime();
        long changed = began;
        var known = known(bus.processes());
        long now = began;
        while ((known.size() < least || now - changed < still.toNanos()) && now - began < MOST.toNanos()) {
            LockSupport.parkNanos(LOOK.toNanos());
            var heard = known(bus.processes());
            now = System.nanoTime();
            changed = heard.equals(known) ? changed : now;
            known = heard;
        }
        return known;
    }
}

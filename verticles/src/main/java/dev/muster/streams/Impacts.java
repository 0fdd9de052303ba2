package dev.muster.streams;

import dev.muster.bus.FaultImpacts;
import dev.muster.bus.FaultImpacts.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Puts together what all event loops of a process noticed of its faults. */
final class Impacts {
    private final List<Aftermath.Seen> loops;
    private final Overall overall;
    private final int endSlot;

    /**
     * @param loops at least one
     * @param end when the load ended, by {@link System#nanoTime}
     */
    Impacts(List<Aftermath.Seen> loops, Overall overall, long end) {
        this.loops = loops;
        this.overall = overall;
        this.endSlot = overall.slot(end);
    }

    FaultImpacts impacts() {
        var windows = loops.get(0).windows();
        var recoveries = Recovery.of(slots(), endSlot, faults(windows));
        var impacts = new ArrayList<Impact>();
        for (int i = 0; i < windows.count(); i++) {
            impacts.add(impact(i, windows.number(i), recoveries.get(i)));
        }
        return new FaultImpacts(impacts);
    }

    private List<Recovery.Fault> faults(Windows windows) {
        var faults = new ArrayList<Recovery.Fault>();
        var gaps = overall.gaps();
        for (int i = 0; i < windows.count(); i++) {
            long end = gaps.end(i) - overall.origin();
            faults.add(new Recovery.Fault(windows.began(i) - overall.origin(), gaps.isOpen(i) ? null : (Long) end));
        }
        return faults;
    }

    private Impact impact(int window, int number, Recovery recovery) {
        var gaps = overall.gaps();
        var users = loops.stream().flatMap(loop -> loop.users().stream()).toList();
        return new Impact(
                number,
                sum(window, Aftermath.Seen::failed),
                gaps.longest(window),
                !gaps.isOpen(window),
                users.stream().map(user -> user.longest(window)).sorted().toList(),
                (int) users.stream().filter(user -> user.isOpen(window)).count(),
                recovery.before(),
                recovery.lowest(),
                recovery.nanos(),
                sum(window, Aftermath.Seen::lost),
                sum(window, Aftermath.Seen::duplicated));
    }

    private long sum(int window, Function<Aftermath.Seen, long[]> counts) {
        return loops.stream()
                .map(counts)
                .filter(each -> window < each.length)
                .mapToLong(each -> each[window])
                .sum();
    }

    private int[] slots() {
        var sum = new int
                [loops.stream().mapToInt(loop -> loop.slots().length).max().orElse(0)];
        for (var loop : loops) {
            for (int slot = 0; slot < loop.slots().length; slot++) {
                sum[slot] += loop.slots()[slot];
            }
        }
        return sum;
    }
}

package dev.muster.launcher.run.stress;

import dev.muster.bus.StressAccepted;
import java.util.Locale;
import java.util.Optional;

/** One pod's books in a run, from its first answer on: it tells what it has burnt since its start. For one thread. */
final class PodLoad {
    private static final double NANOS = 1e9;

    private final StressAccepted first;
    private final double joined;
    private StressAccepted last;
    private double at;
    private int row;
    private Optional<Double> worked = Optional.empty();

    /** Cores that it was asked for, and those that it got. */
    record Burnt(double requested, double delivered) {}

    /**
     * @param now seconds since the load's begin
     * @param row the beat of its first answer
     */
    PodLoad(StressAccepted first, double now, int row) {
        this.first = first;
        this.last = first;
        this.joined = now;
        this.at = now;
        this.row = row;
    }

    /** What it burnt on average since its last answer. */
    Burnt take(StressAccepted answer, double now) {
        double nanos = (now - at) * NANOS;
        var burnt = nanos <= 0
                ? new Burnt(0, 0)
                : new Burnt(
                        (answer.requestedNanos() - last.requestedNanos()) / nanos,
                        (answer.deliveredNanos() - last.deliveredNanos()) / nanos);
        last = answer;
        at = now;
        if (worked.isEmpty() && answer.deliveredNanos() > first.deliveredNanos()) {
            worked = Optional.of(now);
        }
        return burnt;
    }

    /** The beat of its last answer. */
    int row() {
        return row;
    }

    void row(int newest) {
        row = newest;
    }

    /** When it first told that it had burnt CPU in this run. */
    Optional<Double> worked() {
        return worked;
    }

    /** A line of {@code pods.csv}. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%s,%s,%.3f,%.3f,%s,%.3f,%.3f%n",
                last.pod(),
                last.node() == null ? "" : last.node(),
                last.cores(),
                joined,
                worked.map(time -> String.format(Locale.ROOT, "%.3f", time)).orElse(""),
                (last.requestedNanos() - first.requestedNanos()) / NANOS,
                (last.deliveredNanos() - first.deliveredNanos()) / NANOS);
    }
}

package dev.muster.minion;

import java.util.regex.Pattern;

/**
 * What became of a task.
 *
 * @param done whether it was done
 * @param micros how long it took, in microseconds; 0 when it was never begun
 * @param detail what was found, or what went wrong
 */
record Outcome(boolean done, long micros, String detail) {
    private static final int LONGEST_DETAIL = 200;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    Outcome {
        var head = detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail;
        detail = CONTROL.matcher(head).replaceAll(" "); // the master takes none
    }

    /** @param startedNanos of {@link System#nanoTime} */
    static Outcome done(long startedNanos, String detail) {
        return new Outcome(true, (System.nanoTime() - startedNanos) / 1_000, detail);
    }

    /** @param startedNanos of {@link System#nanoTime} */
    static Outcome failed(long startedNanos, String reason) {
        return new Outcome(false, (System.nanoTime() - startedNanos) / 1_000, reason);
    }

    static Outcome neverBegun(String reason) {
        return new Outcome(false, 0, reason);
    }
}

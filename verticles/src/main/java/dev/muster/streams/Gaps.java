package dev.muster.streams;

import java.util.Arrays;

/**
 * The longest time without a success around each fault, in one sequence of successes. A time without a success counts for
 * every fault whose window it touches: a window lasts from a fault's begin to the next one's. Times are those of
 * {@link System#nanoTime}. For one thread.
 */
final class Gaps {
    private final Windows windows;
    private long[] longest = {};
    private long[] ends = {};
    private long last;
    private boolean failing;
    private boolean open;
    private long finished;

    Gaps(Windows windows) {
        this.windows = windows;
    }

    /** A success is wanted from now on: the time before does not count, unless the last thing that happened is a failure. */
    void begin(long now) {
        if (!failing) {
            last = now;
        }
    }

    void success(long now) {
        between(last, now);
        last = now;
        failing = false;
    }

    void failure() {
        failing = true;
    }

    /** Takes in that there was no success between these two instants. */
    void between(long from, long to) {
        for (int i = windows.count() - 1; i >= 0; i--) {
            note(i, from, to);
            if (windows.began(i) - from <= 0) {
                return; // the windows before were over when it began
            }
        }
    }

    private void note(int window, long from, long to) {
        if (window >= longest.length) {
            longest = Arrays.copyOf(longest, windows.count());
            ends = Arrays.copyOf(ends, windows.count());
        }
        if (to - from > longest[window]) {
            longest[window] = to - from;
            ends[window] = to;
        }
    }

    /** There will be no further success. After a failure that leaves the time since the last success without an end. */
    void finish(long now) {
        if (failing) {
            between(last, now);
            open = true;
            finished = now;
        }
    }

    /** The longest time without a success, in nanoseconds; 0 when there was not even a next success. */
    long longest(int window) {
        return window < longest.length ? longest[window] : 0;
    }

    /** When it ended. */
    long end(int window) {
        return window < ends.length ? ends[window] : 0;
    }

    /** Whether no success has ended it. */
    boolean isOpen(int window) {
        return open && end(window) == finished && longest(window) == finished - last;
    }
}

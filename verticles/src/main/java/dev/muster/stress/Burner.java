package dev.muster.stress;

import dev.muster.measure.CpuBurn;
import dev.muster.measure.CpuBurn.Work;
import dev.muster.measure.TimerSlack;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * One thread that uses CPU, and the controller that holds it at its load. Time is cut into periods of 10 ms whose begins
 * never move. In each period the thread burns until the kernel has counted the load's share of the period for it, and
 * sleeps until the next one begins.
 *
 * <p>What was used beyond that, by the last step of work and by waking up, is taken off the next period. What was not
 * got within the period, because a limit, the machine or its host gave the processor to somebody else, is never made up
 * for: it stays as the difference of requested and delivered.
 */
final class Burner {
    /** A tenth of the period of a container's CPU quota, so that the quota is used up evenly. */
    static final long PERIOD_NANOS = 10_000_000;

    private final Kind kind;
    private final Supplier<Work> work;
    private final Thread thread;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final long firstNanos;
    private final long periods;
    private volatile double load;
    private volatile double share = 1;
    private volatile boolean stopped;
    private volatile Used used = Used.NOTHING;
    private long checksum;

    /**
     * Makes a burner that has not begun.
     *
     * @param name of its thread
     * @param load share of a core, 0 to 1
     * @param phase where in its period it begins, 0 to 1, so that several do not all burn at the same time
     * @param periods after which it ends
     */
    Burner(String name, Kind kind, double load, double phase, long periods) {
        this(name, kind, kind::work, load, phase, periods);
    }

    /**
     * The same.
     *
     * @param work what it does with the CPU; asked for on its own thread
     */
    Burner(String name, Kind kind, Supplier<Work> work, double load, double phase, long periods) {
        this.kind = kind;
        this.work = work;
        this.load = load;
        this.periods = periods;
        this.firstNanos = System.nanoTime() + (long) (phase * PERIOD_NANOS);
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Sets another load, from the next period on. Any thread may call this. */
    void load(double share) {
        load = share;
    }

    /** The share of a core that it is asked for. */
    double load() {
        return load;
    }

    Kind kind() {
        return kind;
    }

    /** Holds it back to this share of its load, from the next period on, while the request stays. */
    void holdBack(double toShare) {
        share = toShare;
    }

    /** Ends it within some microseconds. Any thread may call this. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    /** Completes when it uses no more CPU. */
    CompletionStage<Void> done() {
        return done.minimalCompletionStage();
    }

    /** What it was asked for and what it got, up to its last period. Any thread may call this. */
    Used used() {
        return used;
    }

    private void run() {
        try {
            TimerSlack.least();
            burn(new CpuBurn(work.get()));
            done.complete(null);
        } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    private void burn(CpuBurn cpu) {
        long begin = firstNanos;
        long requested = 0;
        long started = CpuBurn.threadNanos();
        long target = started;
        await(begin);
        for (long period = 0; period < periods && !stopped; period++) {
            long end = begin + PERIOD_NANOS;
            double asked = load * PERIOD_NANOS;
            long now = CpuBurn.threadNanos();
            // Behind the last target: that is lost. Beyond it: that much less is left to burn now.
            target = Math.min(target, now) + (long) (asked * share);
            checksum += cpu.burn(target - now, () -> stopped || System.nanoTime() - end >= 0)
                    .checksum();
            await(end);
            // Stopped within a period, it was to have burnt from its begin on.
            requested += stopped ? (long) Math.min(asked, (double) (System.nanoTime() - begin)) : (long) asked;
            used = new Used(requested, CpuBurn.threadNanos() - started);
            begin = end;
        }
    }

    private void await(long time) {
        long left = time - System.nanoTime();
        while (left > 0 && !stopped) {
            LockSupport.parkNanos(this, left);
            left = time - System.nanoTime();
        }
    }

    /** Of all the work: shown in the log, so that no compiler leaves the work out. For use when it is done. */
    long checksum() {
        return checksum;
    }
}

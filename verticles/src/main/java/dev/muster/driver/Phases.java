package dev.muster.driver;

/**
 * The operations of one worker of a closed driver in their order: for each of its objects a creation, so many patches and a
 * deletion, each a lag of other objects behind the one before. In each step the oldest object's is first, so that the worker
 * never has more objects than its share of the population. For one thread.
 */
final class Phases {
    private final long threads;
    private final long thread;
    private final long objects;
    private final int updates;
    private final boolean createOnly;
    private final long lag;
    private long step;
    /** The phase whose turn it is: {@code updates + 1} is the deletion, 0 the creation. */
    private int phase;

    private Verb verb = Verb.CREATE;
    private long number;

    Phases(DriverOptions options, int thread) {
        this.threads = options.threads();
        this.thread = thread;
        this.objects = (options.objects() - thread + threads - 1) / threads;
        this.updates = options.updates();
        this.createOnly = options.createOnly();
        this.lag = lag(options.maxPopulation(), updates, options.threads(), thread);
        this.phase = updates + 1;
    }

    /**
     * Objects between two phases of one: the original's (k8api-scaletest, cmdriverclosed), but never so many that all
     * workers together would have more objects than they may.
     */
    static long lag(int maxPopulation, int updates, int threads, int thread) {
        long phases = 1L + updates;
        long original = (maxPopulation + (long) updates * threads + thread) / (phases * threads);
        long share = (long) maxPopulation / threads + (thread < maxPopulation % threads ? 1 : 0);
        return Math.max(1, Math.min(original, share / phases));
    }

    /** Goes on to the next operation; false when there is none. */
    boolean next() {
        while (step < objects + (updates + 1) * lag) {
            int now = phase;
            long object = step - now * lag;
            advance();
            if (object >= 0 && object < objects && (now == 0 || !createOnly)) {
                verb = now == 0 ? Verb.CREATE : now == updates + 1 ? Verb.DELETE : Verb.PATCH;
                number = object * threads + thread;
                return true;
            }
        }
        return false;
    }

    private void advance() {
        if (phase == 0) {
            phase = updates + 1;
            step++;
        } else {
            phase--;
        }
    }

    Verb verb() {
        return verb;
    }

    /** Of the object, from 0. */
    long number() {
        return number;
    }
}

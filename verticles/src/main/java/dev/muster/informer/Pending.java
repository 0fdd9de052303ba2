package dev.muster.informer;

/** What has been notified of an object since a worker last took it off the queue. */
final class Pending {
    /** No timestamp that could make a lag. */
    static final long NONE = Long.MIN_VALUE;

    private final long first;
    private long last;
    private int adds;
    private int updates;
    private int deletes;
    private long created = NONE;
    private long updated = NONE;

    /** @param first when the first notification came, epoch nanoseconds */
    Pending(long first) {
        this.first = first;
        this.last = first;
    }

    /**
     * One more.
     *
     * @param arrived epoch nanoseconds
     * @param stamp of the creation or the update, epoch nanoseconds, or {@link #NONE}
     */
    void add(Change change, long arrived, long stamp) {
        last = arrived;
        switch (change) {
            case ADD -> {
                adds++;
                created = stamp;
            }
            case UPDATE -> {
                updates++;
                updated = stamp == NONE ? updated : stamp;
            }
            case DELETE -> {
                deletes++;
                created = updated = NONE;
            }
        }
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    int adds() {
        return adds;
    }

    int updates() {
        return updates;
    }

    int deletes() {
        return deletes;
    }

    /** All notifications. */
    int all() {
        return adds + updates + deletes;
    }

    /** The timestamp of the creation, when that was notified; else {@link #NONE}. */
    long created() {
        return created;
    }

    /** The timestamp of the last update that was notified and has one; else {@link #NONE}. */
    long updated() {
        return updated;
    }

    /** What a notification says. */
    enum Change {
        ADD,
        UPDATE,
        DELETE
    }
}

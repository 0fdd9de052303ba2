package dev.muster.bus;

import org.jspecify.annotations.Nullable;

/**
 * Work for a minion, or none. A task is given to a minion once.
 *
 * @param task null when there is nothing to do
 */
public record TaskOffer(@Nullable Task task) implements Message {
    /** Nothing to do. */
    public static final TaskOffer NONE = new TaskOffer(null);

    /**
     * What to do.
     *
     * @param id the task's number
     * @param kind what to do
     * @param spec its parameter
     * @param timeoutMillis when to give up
     */
    public record Task(long id, TaskKind kind, String spec, long timeoutMillis) {}
}

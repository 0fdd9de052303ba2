package dev.muster.bus;

import org.jspecify.annotations.Nullable;

/**
 * How far a run is: published once a second while it goes on, and when it begins and ends.
 *
 * @param run its id
 * @param experiment which
 * @param command the same as a command line
 * @param by who has asked for it
 * @param startMillis when it was asked for, since the epoch
 * @param progress how far it is, in a line
 * @param stats what its own collector has merged since the load began, with the last second as its timeline; null before
 *     the load
 * @param result what its {@code summary.json} says at this moment; empty before the load
 * @param error why it failed, for people; empty when it did not
 */
public record RunNews(
        String run,
        String experiment,
        String command,
        String by,
        long startMillis,
        State state,
        String progress,
        @Nullable Stats stats,
        String result,
        String error)
        implements Message {
    /** How far. */
    public enum State {
        /** Its processes start, and warm up. */
        STARTING,
        /** The load goes on. */
        RUNNING,
        /** Its result is written. */
        FINISHED,
        /** It ended without one. */
        FAILED
    }
}

package dev.muster.bus;

import java.util.List;

/**
 * What became of a {@link StartRun} or a {@link StopRun}.
 *
 * @param run that has begun or is told to end, or that is in the way; empty when there is none
 * @param command the same as a command line; empty when it can't be told
 * @param problems what is wrong with what was asked for
 * @param reason why it was not done, for people; empty when it was
 */
public record RunAnswer(Outcome outcome, String run, String command, List<Problem> problems, String reason)
        implements Message {
    public RunAnswer {
        problems = List.copyOf(problems);
    }

    /** What became of it. */
    public enum Outcome {
        /** It is so. */
        DONE,
        /** What was asked for is wrong. */
        WRONG,
        /** Another run is under way. */
        BUSY,
        /** There is no such run under way. */
        UNKNOWN,
        /** It was tried, and failed. */
        FAILED
    }

    /**
     * Something that is wrong.
     *
     * @param field the parameter, {@code experiment} or {@code thresholds}; empty when it is of the whole
     * @param problem one line, with the fix
     */
    public record Problem(String field, String problem) {}
}

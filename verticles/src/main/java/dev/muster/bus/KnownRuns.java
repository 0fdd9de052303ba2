package dev.muster.bus;

import java.util.List;

/**
 * The runs of which there are results.
 *
 * @param runs the latest first
 * @param unreadable how many folders hold no result that can be read
 */
public record KnownRuns(List<Line> runs, int unreadable) implements Message {
    public KnownRuns {
        runs = List.copyOf(runs);
    }

    /**
     * One run.
     *
     * @param start ISO 8601, UTC
     * @param state {@code running}, {@code interrupted}, {@code finished} or {@code killed}
     * @param verdict {@code VALID} or {@code INVALID}
     * @param met thresholds that were met
     * @param missed those that were not
     * @param parameters that were chosen, in a line
     * @param report whether there is a page of it
     */
    public record Line(
            String run,
            String experiment,
            String start,
            double durationSeconds,
            String state,
            String verdict,
            int met,
            int missed,
            String parameters,
            boolean report) {}
}

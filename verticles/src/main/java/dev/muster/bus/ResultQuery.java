package dev.muster.bus;

/**
 * Asks whoever keeps the results for one of them; replies {@link ResultText}.
 *
 * @param part what of it
 * @param run its id
 * @param other of a comparison the run that is held against it; empty else
 */
public record ResultQuery(Part part, String run, String other) implements Message {
    /** What of a result. */
    public enum Part {
        /** {@code summary.json}. */
        SUMMARY,
        /** {@code report.html}. */
        REPORT,
        /** The comparison with the other run, as {@code compare --output=json} prints it. */
        COMPARISON
    }
}

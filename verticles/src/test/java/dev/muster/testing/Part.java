package dev.muster.testing;

import org.junit.jupiter.api.Assumptions;

/** A part of the machine that a test needs and that may not be there. */
public final class Part {
    private Part() {}

    /**
     * Skips the calling test when its part is not there. Where everything has to be there ({@code CI=true}), it fails.
     *
     * @param there whether the part is there
     * @param otherwise one line that says what is missing and what to install
     */
    public static void need(boolean there, String otherwise) {
        if (there) {
            return;
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(otherwise);
        }
        Assumptions.abort(otherwise);
    }
}

package dev.muster.blocks;

import dev.muster.http.HttpError;
import dev.muster.http.Params;
import org.jspecify.annotations.Nullable;

/**
 * What a request to {@code /blocks} asks for, within what the server allows.
 *
 * @param maxBytes of all blocks
 * @param maxNanos from the first block to the last
 */
record Request(long maxBytes, long maxNanos) {
    private static final double NANOS_PER_MILLI = 1e6;

    static Request within(BlocksOptions options) {
        return new Request(options.maxBytes(), options.maxDuration().toNanos());
    }

    /**
     * The plan that the parameters describe; what is not given is as in {@link Plan#ORIGINAL}.
     *
     * @throws HttpError 400 that names each parameter that is wrong, and its range
     */
    Plan plan(Params params) {
        var size = params.number("size", Plan.LEAST_SIZE, Plan.MOST_SIZE);
        var count = params.number("n", 1, Plan.MOST_BLOCKS);
        var period = params.decimal("periodMS", 0, Plan.MOST_PERIOD_MILLIS);
        params.check();
        var plan = new Plan(
                size == null ? Plan.ORIGINAL.size() : size,
                count == null ? Plan.ORIGINAL.count() : count,
                period == null ? Plan.ORIGINAL.periodNanos() : Math.round(period * NANOS_PER_MILLI));
        if (plan.total() > maxBytes) {
            params.problem("size times n must be at most " + maxBytes + ", not " + plan.total());
        }
        // Compared without multiplying, which could overflow.
        if (plan.isPaced() && plan.count() - 1 > maxNanos / plan.periodNanos()) {
            params.problem("n - 1 times periodMS must be at most " + maxNanos / 1_000_000 + ", the longest that this"
                    + " server serves one request");
        }
        params.check();
        return plan;
    }

    /**
     * Refuses a body that says that it is too long.
     *
     * @param contentLength null when it says nothing
     */
    void checkLength(@Nullable String contentLength) {
        if (contentLength == null) {
            return;
        }
        try {
            if (Long.parseLong(contentLength) <= maxBytes) {
                return;
            }
        } catch (NumberFormatException tooLong) {
            // more digits than any length that is allowed
        }
        throw tooLong();
    }

    HttpError tooLong() {
        return new HttpError(413, "the body is too long", "send at most " + maxBytes + " bytes (--blocks-max-bytes)");
    }
}

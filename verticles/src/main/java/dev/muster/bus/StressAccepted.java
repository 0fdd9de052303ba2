package dev.muster.bus;

import org.jspecify.annotations.Nullable;

/**
 * A pod burns what was ordered.
 *
 * @param pod its name
 * @param node where it runs; null when it was not told
 * @param cores of its CPU limit, or of the machine where that is less
 * @param requestedNanos CPU time that the pod has been asked for since it started
 * @param deliveredNanos CPU time of that which it has got
 */
public record StressAccepted(String pod, @Nullable String node, double cores, long requestedNanos, long deliveredNanos)
        implements Message {}

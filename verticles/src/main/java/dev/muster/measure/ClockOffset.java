package dev.muster.measure;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;

/**
 * How far another machine's clock is ahead of this one's, from exchanges of four timestamps: sent here, received there,
 * answered there, received here. Of a window of exchanges the one with the smallest error counts.
 *
 * <p>Sources: the offset and round trip are those of RFC 5905 section 8; that the true offset lies within half of the
 * round trip whatever the asymmetry of the two ways, and that the shortest round trip is the best witness, is F.
 * Cristian, "Probabilistic clock synchronization" (1989). An older exchange is worth less, by the drift of 15 ppm that
 * RFC 5905 assumes (PHI). For one thread.
 */
public final class ClockOffset {
    private static final double DRIFT = 15e-6;

    private final int window;
    private final Deque<Exchange> exchanges = new ArrayDeque<>();

    private record Exchange(long offset, long roundTrip, long receivedAt) {
        /** Half of the round trip, rounded up, 1 ns for the rounding of the offset, and what may have drifted since. */
        long errorAt(long now) {
            return (roundTrip + 1) / 2 + 1 + (long) Math.ceil(DRIFT * Math.max(0, now - receivedAt));
        }
    }

    /**
     * What is known of the other clock.
     *
     * @param offsetNanos what to add to a time of this clock to have the other's
     * @param errorNanos the true offset differs from this by no more
     */
    public record Estimate(long offsetNanos, long errorNanos) {
        /** A time of the other clock as this clock would have told it, within {@link #errorNanos}. */
        public long toLocal(long remoteNanos) {
            return remoteNanos - offsetNanos;
        }
    }

    /**
     * Nothing is known yet.
     *
     * @param window how many of the latest exchanges to choose from
     */
    public ClockOffset(int window) {
        if (window < 1) {
            throw new IllegalArgumentException("window must be at least 1, not " + window);
        }
        this.window = window;
    }

    /**
     * One exchange; all in epoch nanoseconds.
     *
     * @param sent by this clock
     * @param remoteReceived by the other clock
     * @param remoteSent by the other clock
     * @param received by this clock
     * @return false when these times are impossible, as after a clock was set: the exchange is not used
     */
    public boolean add(long sent, long remoteReceived, long remoteSent, long received) {
        long roundTrip = (received - sent) - (remoteSent - remoteReceived);
        if (received < sent || remoteSent < remoteReceived || roundTrip < 0) {
            return false;
        }
        long offset = Math.floorDiv((remoteReceived - sent) + (remoteSent - received), 2);
        if (exchanges.size() == window) {
            exchanges.removeFirst();
        }
        exchanges.addLast(new Exchange(offset, roundTrip, received));
        return true;
    }

    /**
     * The best estimate, or nothing before the first exchange.
     *
     * @param now by this clock, epoch nanoseconds
     */
    public Optional<Estimate> estimate(long now) {
        return exchanges.stream()
                .min(Comparator.comparingLong(exchange -> exchange.errorAt(now)))
                .map(best -> new Estimate(best.offset, best.errorAt(now)));
    }
}

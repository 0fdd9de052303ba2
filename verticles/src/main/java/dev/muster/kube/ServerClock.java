package dev.muster.kube;

import dev.muster.measure.ClockOffset;
import dev.muster.measure.EpochClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How far an API server's clock is ahead of this one's. All that a server tells of its clock is the header {@code Date}, in
 * whole seconds; but asked around the turn of a second, it tells when that was. Each answer bounds the offset from both
 * sides (Cristian 1989): the server wrote it between our sending and our receiving, in the second that it names. For the
 * client's event loop.
 */
public final class ServerClock {
    private static final long SECOND = 1_000_000_000L;
    private static final double DRIFT = 15e-6;
    private static final int ROUNDS = 3;
    private static final int ASKED = 16;

    private final Vertx vertx;
    private final ApiClient client;
    private final EpochClock clock;

    public ServerClock(Vertx vertx, ApiClient client) {
        this(vertx, client, EpochClock.system());
    }

    ServerClock(Vertx vertx, ApiClient client, EpochClock clock) {
        this.vertx = vertx;
        this.client = client;
        this.clock = clock;
    }

    /** What is known of the offset: it lies between these, in nanoseconds. */
    record Bounds(long low, long high) {
        static final Bounds NONE = new Bounds(-Long.MAX_VALUE / 4, Long.MAX_VALUE / 4);

        /** With an answer; when the two contradict each other a clock was set, and the answer alone counts. */
        Bounds and(long sent, long received, long dateSeconds) {
            long newLow = dateSeconds * SECOND - received;
            long newHigh = (dateSeconds + 1) * SECOND - sent;
            long bestLow = Math.max(low, newLow);
            long bestHigh = Math.min(high, newHigh);
            return bestLow <= bestHigh ? new Bounds(bestLow, bestHigh) : new Bounds(newLow, newHigh);
        }

        long middle() {
            return low + (high - low) / 2;
        }

        long width() {
            return high - low;
        }

        ClockOffset.Estimate estimate() {
            return new ClockOffset.Estimate(middle(), (width() + 1) / 2);
        }
    }

    /**
     * The server's clock against this one, as it was once asked. Safe to use from any thread.
     *
     * @param estimate when it was asked
     * @param nanoTime when that was, of {@link System#nanoTime}
     */
    public record Known(ClockOffset.Estimate estimate, long nanoTime) {
        /** How wrong the offset may be now: 15 ppm of drift since (RFC 5905) are in it. */
        public long errorNanos() {
            return estimate.errorNanos() + (long) (DRIFT * (System.nanoTime() - nanoTime));
        }
    }

    /**
     * Asks for three seconds, ever closer to the turn of the server's second.
     *
     * @return the server's clock against this one, known to a few milliseconds; empty when the server tells no time
     */
    public Future<Optional<Known>> estimate() {
        return ask(Bounds.NONE)
                .compose(first -> rounds(first, ROUNDS))
                .map(bounds -> Optional.of(new Known(bounds.estimate(), System.nanoTime())))
                .otherwise(Optional.empty());
    }

    private Future<Bounds> ask(Bounds known) {
        long sent = clock.nanos();
        return client.date(ApiRequest.get("/version")).compose(date -> seconds(date)
                .map(second -> Future.succeededFuture(known.and(sent, clock.nanos(), second)))
                .orElseGet(() -> Future.failedFuture("the server tells no time")));
    }

    /** Each round spreads its questions over what is still open around the turn of a second. */
    private Future<Bounds> rounds(Bounds known, int left) {
        if (left == 0) {
            return Future.succeededFuture(known);
        }
        long now = clock.nanos();
        long width = Math.min(SECOND, known.width());
        long untilTurn = SECOND - Math.floorMod(now + known.middle(), SECOND);
        long from = untilTurn - width / 2;
        long begin = from < 0 ? from + SECOND : from;
        return series(known, now + begin, width / ASKED, 0).compose(closer -> rounds(closer, left - 1));
    }

    private Future<Bounds> series(Bounds known, long begin, long step, int asked) {
        if (asked > ASKED) {
            return Future.succeededFuture(known);
        }
        long wait = (begin + asked * step - clock.nanos()) / 1_000_000;
        Future<?> turn = wait > 0 ? vertx.timer(wait) : Future.succeededFuture();
        return turn.compose(now -> ask(known)).compose(closer -> series(closer, begin, step, asked + 1));
    }

    private static Optional<Long> seconds(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toEpochSecond());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}

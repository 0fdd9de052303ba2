package dev.muster.minion;

import static dev.muster.minion.ScriptedMaster.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.measure.Distribution;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A server that stalls for 1 s once in 10 s, measured by an open loop and by a closed one at the same time. The name and
 * the mistake are those of G. Tene, "How NOT to Measure Latency".
 */
class CoordinatedOmissionTest {
    private static final int SECONDS = 10;
    private static final int PER_SECOND = 1_000;
    private static final long STALL_FROM = TimeUnit.MILLISECONDS.toNanos(4_500);
    private static final long STALL_TO = TimeUnit.MILLISECONDS.toNanos(5_500);
    private static final int WORKERS = 8;
    private static final long THINK_MILLIS = 5;

    /** A process that is held up itself for longer measures the machine: such a run is made again. */
    private static final long BELIEVED_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private static final int RUNS = 4;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    /** What the two loops say of the same server, and how late the open one was against its schedule. */
    private record Measured(Distribution open, Distribution closed, Distribution lateness) {
        boolean isBelieved() {
            return lateness.percentile(99.9) < BELIEVED_NANOS;
        }
    }

    @Test
    void shouldMeasureAStallFromTheIntendedStartsWhereAClosedLoopHidesIt() throws Exception {
        var measured = measure();
        for (int run = 1; run < RUNS && !measured.isBelieved(); run++) {
            measured = measure();
        }

        // Requests come evenly, and each of a stall waits for its end: the share 1 - p of all waits for longer than
        // this.
        var open = measured.open();
        assertThat(open.count()).isEqualTo(SECONDS * PER_SECOND);
        for (double percentile : new double[] {99, 99.9}) {
            double analytic = 1e9 * (1 - SECONDS * (1 - percentile / 100));
            assertThat((double) open.percentile(percentile))
                    .as(
                            "p%s of the open loop, with a lateness of %d ns",
                            percentile, measured.lateness().max())
                    .isCloseTo(analytic, within(0.05 * analytic));
        }
        assertThat(measured.closed().count()).isGreaterThan(1_000 * WORKERS);
        assertThat(measured.closed().percentile(99.9))
                .as("p99.9 of the closed loop")
                .isLessThan(TimeUnit.MILLISECONDS.toNanos(500));
        assertThat(measured.closed().max()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(800));
    }

    private Measured measure() throws Exception {
        var server = new StallingServer(vertx);
        try {
            var closed = new ClosedLoop(vertx, server.port());
            var options = TestOptions.of(SECONDS * PER_SECOND, "http://127.0.0.1:" + server.port())
                    .ramp(Duration.ofSeconds(SECONDS), MinionOptions.Arrival.CONSTANT)
                    .connections(2 * PER_SECOND);
            var crew = RunningCrew.start(vertx, options);
            closed.start();
            eventually().until(() -> crew.allAcknowledged(options.count()));
            closed.stop();
            var measured = new Measured(crew.latency(), closed.latency(), crew.lateness());
            crew.close();
            return measured;
        } finally {
            server.close();
        }
    }

    /** Answers at once, but for a stall, at whose end it answers all that has come meanwhile. */
    private static final class StallingServer {
        private final Vertx vertx;
        private final HttpServer server;
        private long first = -1;

        StallingServer(Vertx vertx) throws Exception {
            this.vertx = vertx;
            this.server = vertx.createHttpServer()
                    .requestHandler(this::answer)
                    .listen(0, "127.0.0.1")
                    .await(10, TimeUnit.SECONDS);
        }

        int port() {
            return server.actualPort();
        }

        private void answer(HttpServerRequest request) {
            long now = System.nanoTime();
            if (first < 0) {
                first = now;
            }
            long since = now - first;
            if (since < STALL_FROM || since >= STALL_TO) {
                request.response().end("Registered");
            } else {
                long left = TimeUnit.NANOSECONDS.toMillis(STALL_TO - since);
                vertx.setTimer(Math.max(1, left), over -> request.response().end("Registered"));
            }
        }

        void close() throws Exception {
            server.close().await(20, TimeUnit.SECONDS);
        }
    }

    /** So many workers, of which each sends its next request some milliseconds after the answer to its last one. */
    private static final class ClosedLoop {
        private final Vertx vertx;
        private final HttpClient client;
        private final int port;
        private final Distribution latency = new Distribution();
        private volatile boolean stopped;
        private final AtomicInteger working = new AtomicInteger(WORKERS);

        ClosedLoop(Vertx vertx, int port) {
            this.vertx = vertx;
            this.client = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(WORKERS));
            this.port = port;
        }

        void start() {
            var loop = vertx.getOrCreateContext();
            loop.runOnContext(begin -> {
                for (int i = 0; i < WORKERS; i++) {
                    next();
                }
            });
        }

        private void next() {
            if (stopped) {
                working.decrementAndGet();
                return;
            }
            long sent = System.nanoTime();
            client.request(HttpMethod.GET, port, "127.0.0.1", "/closed")
                    .compose(request -> request.send().compose(HttpClientResponse::body))
                    .onComplete(
                            answered -> {
                                latency.record(System.nanoTime() - sent);
                                vertx.setTimer(THINK_MILLIS, thought -> next());
                            },
                            Throwable::printStackTrace);
        }

        void stop() {
            stopped = true;
            eventually().until(() -> working.get() == 0);
        }

        Distribution latency() {
            return latency;
        }
    }
}

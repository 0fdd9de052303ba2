package dev.muster.streams;

import dev.muster.measure.Distribution;
import dev.muster.measure.Recorder;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.node.Telemetry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Users on one event loop, as the verticle runs them. */
final class RunningUsers implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Instruments instruments = new Instruments(new Telemetry());
    private final Queue<Long> due = new ConcurrentLinkedQueue<>();
    private final Overall overall = new Overall();
    private final Users users;

    RunningUsers(Setup setup) {
        var client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(1_000));
        users = new Users(vertx, setup, setup.users(), client, instruments, due, overall);
    }

    /** Ten events, one in each append. */
    static Setup setup(String url, int users, double rate, long timeoutMillis) {
        return new Setup(
                URI.create(url),
                users,
                rate,
                TimeUnit.SECONDS.toNanos(60),
                10,
                1,
                100,
                TimeUnit.MILLISECONDS.toNanos(timeoutMillis),
                null,
                null,
                false);
    }

    void begin() throws TimeoutException {
        tell(all -> {
            all.begin();
            return Future.succeededFuture();
        });
    }

    void arrive(int times) throws TimeoutException {
        tell(all -> {
            long now = System.nanoTime();
            for (int i = 0; i < times; i++) {
                due.add(now);
                if (all.reserve()) {
                    all.takeDue();
                }
            }
            return Future.succeededFuture();
        });
    }

    void end() throws TimeoutException {
        tell(Users::end);
    }

    void giveUp() throws TimeoutException {
        tell(all -> {
            all.giveUp();
            return Future.succeededFuture();
        });
    }

    void readBack() throws TimeoutException {
        readBack(30_000);
    }

    void readBack(long patienceMillis) throws TimeoutException {
        tell(all -> all.readBack(TimeUnit.MILLISECONDS.toNanos(patienceMillis)));
    }

    <T> T tell(Function<Users, Future<T>> what) throws TimeoutException {
        var told = Promise.<T>promise();
        context.runOnContext(turn -> what.apply(users).onComplete(told));
        return told.future().await(60, TimeUnit.SECONDS);
    }

    Vertx vertx() {
        return vertx;
    }

    long count(StreamsCounter counter) {
        return instruments.counters.get(counter);
    }

    Summary latency() {
        return drain(instruments.latency);
    }

    Summary duration(Kind kind) {
        return drain(instruments.of(kind));
    }

    private static Summary drain(Recorder recorder) {
        var recorded = new Distribution();
        recorder.drainTo(recorded);
        return Summary.of(Unit.NANOSECONDS, recorded);
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}

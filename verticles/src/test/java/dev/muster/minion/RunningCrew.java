package dev.muster.minion;

import dev.muster.measure.Distribution;
import dev.muster.measure.Recorder;
import dev.muster.node.Telemetry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Minions on an event loop of their own, to look into while they run. */
final class RunningCrew {
    static final Introduction WHO = new Introduction("m", "r1", Map.of("pod", "p1", "label.ZONE", "a"));

    private final Context eventLoop;
    private final Crew crew;
    private final Instruments instruments;

    private RunningCrew(Context eventLoop, Crew crew, Instruments instruments) {
        this.eventLoop = eventLoop;
        this.crew = crew;
        this.instruments = instruments;
    }

    static RunningCrew start(Vertx vertx, MinionOptions options) throws Exception {
        var eventLoop = vertx.getOrCreateContext();
        var instruments = new Instruments(new Telemetry(), options.count());
        var schedule = Schedule.of(options);
        var crew = on(eventLoop, () -> {
            var made = new Crew(vertx, options, WHO, schedule, instruments, true, acknowledged -> {});
            made.start();
            return Future.succeededFuture(made);
        });
        return new RunningCrew(eventLoop, crew, instruments);
    }

    long count(MinionCounter counter) {
        return instruments.counters.get(counter);
    }

    boolean allAcknowledged(int minions) {
        return count(MinionCounter.ACKNOWLEDGED) == minions;
    }

    double trying() {
        return instruments.trying();
    }

    Distribution latency() {
        return drain(instruments.latency);
    }

    Distribution service() {
        return drain(instruments.service);
    }

    Distribution lateness() {
        return drain(instruments.lateness);
    }

    Distribution tries() {
        return drain(instruments.tries);
    }

    void hold() throws Exception {
        on(eventLoop, crew::hold);
    }

    void start() throws Exception {
        on(eventLoop, () -> {
            crew.start();
            return Future.<Void>succeededFuture();
        });
    }

    void close() throws Exception {
        on(eventLoop, crew::close);
    }

    private static Distribution drain(Recorder recorder) {
        var all = new Distribution();
        recorder.drainTo(all);
        return all;
    }

    private static <T> T on(Context eventLoop, Supplier<Future<T>> work) throws Exception {
        var done = Promise.<T>promise();
        eventLoop.runOnContext(now -> {
            try {
                work.get().onComplete(done);
            } catch (RuntimeException e) {
                done.fail(e);
            }
        });
        return done.future().await(20, TimeUnit.SECONDS);
    }
}

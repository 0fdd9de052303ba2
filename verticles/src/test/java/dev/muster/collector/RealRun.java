package dev.muster.collector;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Snapshot;
import dev.muster.bus.Stats;
import dev.muster.bus.StatsQuery;
import dev.muster.measure.ArrivalProcess;
import dev.muster.measure.ClockOffset;
import dev.muster.measure.EpochClock;
import dev.muster.measure.Evidence.BetweenClocks;
import dev.muster.measure.HealthMetric;
import dev.muster.measure.Metric;
import dev.muster.measure.Pacer;
import dev.muster.measure.Recorder;
import dev.muster.measure.Rule;
import dev.muster.measure.Unit;
import dev.muster.measure.Verdict;
import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.node.RunHealth;
import dev.muster.node.TelemetryVerticle;
import dev.muster.testing.TestNode;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A run in which all is real but the system under test: an open-loop load paces requests over the bus, telemetry
 * measures the process, the collector hears of it, and the verdict is that of all rules. What is asked answers after a
 * fixed time, and its clock is ahead by some seconds. A disturbance can be let loose in the middle.
 */
final class RealRun implements AutoCloseable {
    private static final int ARRIVALS = 300;
    private static final int PER_SECOND = 200;
    private static final int MOST_IN_FLIGHT = 150;
    private static final long AHEAD_NANOS = SECONDS.toNanos(7);
    private static final String WORK = "work";
    private static final String CLOCK = "clock";

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Node node = TestNode.of(new Identity("real-run", "a1b2c3", "0.1-test", "some"));
    private final Recorder latency = node.telemetry().recorder(Figure.LATENCY);
    private final Recorder oneWay = node.telemetry().recorder(Figure.ONE_WAY);
    private final Recorder lateness = node.telemetry().recorder(HealthMetric.LATENESS);
    private final EpochClock here = EpochClock.system();
    private final EpochClock there = () -> here.nanos() + AHEAD_NANOS;
    private final ClockOffset offset = new ClockOffset(1);
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean loseNext = new AtomicBoolean();
    private volatile Duration serviceTime;
    private volatile Duration clockPath = Duration.ZERO;

    private enum Figure implements Metric {
        LATENCY("some.latency"),
        ONE_WAY("some.one.way");

        private final Definition definition;

        Figure(String id) {
            definition = new Definition(id, id, Unit.NANOSECONDS);
        }

        @Override
        public Definition definition() {
            return definition;
        }
    }

    /** @param serviceTime how long what is asked takes to answer: nearly all of the latency that is claimed */
    RealRun(Duration serviceTime) {
        this.serviceTime = serviceTime;
        var bus = vertx.eventBus();
        BusCodecs.register(bus);
        bus.addOutboundInterceptor(delivery -> {
            if (!(delivery.body() instanceof Snapshot) || !loseNext.getAndSet(false)) {
                delivery.next();
            }
        });
        for (var deployment : Collector.deployments(() -> Duration.ofHours(1), node)) {
            vertx.deployVerticle(deployment.verticle(), new DeploymentOptions()).await();
        }
        bus.consumer(WORK, request -> {
            long answered = there.nanos();
            after(this.serviceTime, () -> request.reply(answered));
        });
        bus.consumer(CLOCK, request -> {
            var times = JsonArray.of(there.nanos(), there.nanos());
            after(clockPath, () -> request.reply(times));
        });
        vertx.deployVerticle(new TelemetryVerticle(node)).await();
    }

    /**
     * Runs it.
     *
     * @param disturbance let loose by the generator's own thread in the middle of the load
     * @param afterwards when every answer is here, and the books are still open
     */
    Verdict run(Consumer<RealRun> disturbance, Runnable afterwards) {
        var before = settled();
        var pacer = Pacer.start(
                "generator", ArrivalProcess.constant(PER_SECOND).first(ARRIVALS), lateness, (index, intended) -> {
                    if (index == ARRIVALS / 3) {
                        disturbance.accept(this);
                    }
                    arrival(intended);
                });
        pacer.done().toCompletableFuture().orTimeout(30, SECONDS).join();
        await("every answer").atMost(30, SECONDS).until(() -> inFlight.get() == 0);
        exchangeTimes();
        afterwards.run();
        var observed = RunHealth.between(before, settled());
        var between = new BetweenClocks(
                Figure.ONE_WAY.id(),
                observed.during(Figure.ONE_WAY),
                offset.estimate(here.nanos()).orElseThrow().errorNanos());
        return Verdict.of(
                EnumSet.allOf(Rule.class),
                observed.evidence(observed.during(Figure.LATENCY), dropped.get(), true)
                        .and(between));
    }

    private void arrival(long intended) {
        if (inFlight.incrementAndGet() > MOST_IN_FLIGHT) {
            inFlight.decrementAndGet();
            dropped.incrementAndGet();
            return;
        }
        loop.runOnContext(go -> vertx.eventBus().<Long>request(WORK, "").onComplete(answer -> {
            latency.record(System.nanoTime() - intended);
            oneWay.record(here.nanos() + AHEAD_NANOS - answer.result().body());
            inFlight.decrementAndGet();
        }));
    }

    private void exchangeTimes() {
        long sent = here.nanos();
        var answer = vertx.eventBus().<JsonArray>request(CLOCK, "").await().body();
        offset.add(sent, answer.getLong(0), answer.getLong(1), here.nanos());
    }

    /** Whatever is sent next waits behind this on the event loop that sends. */
    void blockTheLoop(Runnable work) {
        loop.runOnContext(go -> work.run());
    }

    /** From now on every answer takes so long. */
    void slowTheSystem(Duration time) {
        serviceTime = time;
    }

    /** The answer to the question for the time takes so long on its way. */
    void slowTheClocksPath(Duration time) {
        clockPath = time;
    }

    /** The next snapshot does not arrive. */
    void loseASnapshot() {
        loseNext.set(true);
    }

    /** What the collector says once it has heard a snapshot taken from now on. */
    private Stats settled() {
        long from = System.currentTimeMillis();
        await("a snapshot is lost that was to be").atMost(10, SECONDS).until(() -> !loseNext.get());
        return await("a snapshot").atMost(10, SECONDS).until(this::stats, stats -> stats.instances().stream()
                .anyMatch(one -> stats.epochMillis() - one.silentMillis() >= from));
    }

    private Stats stats() {
        return vertx.eventBus()
                .<Stats>request(Addresses.STATS, new StatsQuery(false, true))
                .await()
                .body();
    }

    private void after(Duration time, Runnable work) {
        if (time.isZero()) {
            work.run();
        } else {
            vertx.setTimer(time.toMillis(), timer -> work.run());
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}

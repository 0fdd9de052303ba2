package dev.muster.minion;

import dev.muster.measure.DueWheel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** All virtual minions of a process, and the one timer that moves them. For the event loop that makes it. */
final class Crew {
    private static final long TICK_MILLIS = 10;
    private static final long GRACE_SECONDS = 5;

    private final Vertx vertx;
    private final Fleet fleet;
    private final Instruments instruments;
    private final MasterClient master;
    private final Agenda agenda;
    private final Registrar registrar;
    private final Worker worker;
    private final Reporter reporter;
    private final Errands errands;
    private final Beginnings beginnings;
    private final LongConsumer progress;
    private final long ticker;

    /** @param progress is told how many minions are acknowledged, each time that it is one more */
    Crew(
            Vertx vertx,
            MinionOptions options,
            Introduction who,
            Schedule schedule,
            Instruments instruments,
            boolean logsRequests,
            LongConsumer progress) {
        this.vertx = vertx;
        this.progress = progress;
        long now = System.nanoTime();
        fleet = new Fleet(options.count());
        this.instruments = instruments;
        master = new MasterClient(vertx, URI.create(options.masterUrl()), who, options, logsRequests);
        var wheel = new DueWheel(fleet.size(), TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS), now);
        agenda = new Agenda(fleet, wheel, options.connections(), this::send);
        var random = new SplittableRandom(schedule.seed());
        var backoff = new Backoff(options.retryMax(), random);
        registrar = new Registrar(fleet, agenda, master, backoff, instruments);
        worker = Worker.forEveryKind(vertx, Runtime.getRuntime().availableProcessors());
        reporter = new Reporter(fleet, agenda, master, backoff, instruments);
        long anchor = now + random.nextLong(Math.max(1, options.poll().toNanos()));
        var turns = new Turns(anchor, options.poll(), fleet.size());
        errands = new Errands(fleet, agenda, master, worker, reporter, turns, instruments);
        beginnings = new Beginnings(
                fleet, schedule.process(), instruments.lateness, vertx.getOrCreateContext(), registrar::begin);
        ticker = vertx.setPeriodic(TICK_MILLIS, tick -> agenda.tick(System.nanoTime()));
    }

    /** Lets the minions begin, those who have not yet. */
    void start() {
        beginnings.start();
    }

    /** No more minions begin, until the next start; those who have begun go on. */
    Future<Void> hold() {
        return beginnings.stop();
    }

    /**
     * Ends them all: no registration is sent any more, tasks under way are reported as failed, and what is under way gets
     * some seconds to end.
     */
    Future<Void> close() {
        vertx.cancelTimer(ticker);
        return hold().compose(held -> {
                    errands.abandon();
                    return agenda.close().timeout(GRACE_SECONDS, TimeUnit.SECONDS);
                })
                .eventually(worker::close)
                .eventually(master::close);
    }

    private Future<?> send(int minion) {
        return switch (fleet.phase(minion)) {
            case REGISTERING -> registrar.attempt(minion, this::acknowledged);
            case POLLING -> errands.ask(minion);
            case REPORTING -> reporter.attempt(minion, this::reported);
            case BEFORE, REJECTED, WORKING ->
                throw new IllegalStateException("minion " + minion + " has nothing to send");
        };
    }

    private void acknowledged(int minion) {
        errands.waitForTurn(minion);
        progress.accept(instruments.counters.get(MinionCounter.ACKNOWLEDGED));
    }

    /** There may be another task. */
    private void reported(int minion) {
        agenda.now(minion);
    }
}

package dev.muster.engine;

import dev.muster.engine.Engine.Share;
import dev.muster.engine.Engine.Shared;
import dev.muster.engine.EngineOptions.Protocol;
import dev.muster.measure.DueWheel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines of one event loop, and the one timer that moves them. For that event loop. */
final class Fleet {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
    private static final long GOODBYE_SECONDS = 2;
    private static final long NANOS_PER_MICRO = 1_000;

    private final EventLoop loop;
    private final Setup setup;
    private final Shared shared;
    private final Instruments instruments;
    private final Runnable firstRegistered;
    private final Connector connector;
    private final WorkerExecutor threads;
    private final Writer writer;
    private final VirtualEngine[] engines;
    private DueWheel wheel;
    private final Promise<Void> closed = Promise.promise();
    private @Nullable Future<?> ticker;
    /** Since when nothing happens; from the start on, that is since the origin. */
    private long heldSince;

    private int links;
    private boolean closing;

    /** @param firstRegistered called when an engine is registered for the first time */
    Fleet(
            Vertx vertx,
            EventLoop loop,
            Setup setup,
            Share share,
            Shared shared,
            Instruments instruments,
            Runnable firstRegistered) {
        this.loop = loop;
        this.setup = setup;
        this.shared = shared;
        this.instruments = instruments;
        this.firstRegistered = firstRegistered;
        connector = new Connector(vertx, loop, setup);
        threads = shared.work().open(vertx);
        writer = setup.protocol() == Protocol.V2 ? new Writer.Lines() : new Writer.Text();
        heldSince = shared.origin();
        wheel = new DueWheel(share.size(setup.count()), setup.tickNanos(), heldSince);
        engines = new VirtualEngine[share.size(setup.count())];
        for (int i = 0; i < engines.length; i++) {
            int number = share.engine(i);
            engines[i] = new VirtualEngine(this, i, number, shared.origin() + setup.beginNanos(number));
        }
    }

    /** For any thread. */
    void execute(Runnable action) {
        loop.execute(action);
    }

    /**
     * Lets the engines begin, or go on: what was due since they were held is moved, so that none of them is late by that.
     * Nothing happens when they are under way.
     *
     * @param now the same for all fleets of the process
     */
    void begin(long now) {
        if (ticker != null || closing) {
            return;
        }
        wheel = new DueWheel(engines.length, setup.tickNanos(), now);
        for (var engine : engines) {
            engine.resume(now - heldSince, now);
        }
        // At the turn of the wheel's own ticks: at any other time each step would be later by what is between.
        long tick = setup.tickNanos();
        long untilTurn = tick - (System.nanoTime() - now) % tick;
        ticker = loop.scheduleAtFixedRate(this::tick, untilTurn, tick, TimeUnit.NANOSECONDS);
    }

    /** No engine connects or sends a heartbeat until they go on. */
    void hold() {
        var running = ticker;
        if (running != null) {
            running.cancel(false);
            ticker = null;
            heldSince = System.nanoTime();
        }
    }

    private void tick() {
        wheel.sweep(System.nanoTime(), engine -> engines[engine].step(System.nanoTime()));
    }

    /** Burns so much CPU for each engine. Returns for how many: neither for those that have ended, nor when too many wait. */
    int work(long millis) {
        int working = 0;
        for (var engine : engines) {
            working += engine.work(millis) ? 1 : 0;
        }
        return working;
    }

    /** Ends all engines with this code: they say good-bye. Returns how many; the others had ended. */
    int kill(int code) {
        int killed = 0;
        for (var engine : engines) {
            killed += engine.stop(OptionalInt.of(code)) ? 1 : 0;
        }
        return killed;
    }

    /** Ends all engines: they say good-bye, and what does not answer is cut off after some seconds. */
    io.vertx.core.Future<Void> close() {
        hold();
        shared.work().stop();
        closing = true;
        for (var engine : engines) {
            engine.stop(OptionalInt.empty());
        }
        if (links == 0) {
            closed.tryComplete();
        }
        return closed.future().eventually(threads::close);
    }

    void connect(VirtualEngine engine) {
        instruments.count(EngineCounter.TRIES);
        links++;
        connector.connect(engine.number()).addListener((ChannelFuture made) -> {
            // Without a socket, as at the limit of open files, Netty tells it on a thread that is no event loop's.
            if (loop.inEventLoop()) {
                connected(engine, made);
            } else {
                loop.execute(() -> connected(engine, made));
            }
        });
    }

    private static void connected(VirtualEngine engine, ChannelFuture made) {
        if (made.isSuccess()) {
            engine.connected(made.channel());
        } else {
            engine.unreached(made.cause());
        }
    }

    /** A connection has ended, or was never made. */
    void unlinked() {
        links--;
        if (closing && links == 0) {
            closed.tryComplete();
        }
    }

    void registered() {
        if (instruments.counters.get(EngineCounter.REGISTERED) == 1) {
            firstRegistered.run();
        }
        shared.attendance().came();
    }

    /** An engine that was registered is so no more. */
    void parted(EngineCounter how) {
        instruments.count(how);
        shared.attendance().went();
    }

    void killed(VirtualEngine engine, int code) {
        instruments.count(EngineCounter.KILLED);
        LOG.debug("event=engine.killed id={} code={}", setup.id(engine.number()), code);
        shared.departures().killed(code);
    }

    void gaveUp(VirtualEngine engine, long tries, String reason) {
        instruments.count(EngineCounter.GAVE_UP);
        var id = setup.id(engine.number());
        LOG.debug("event=engine.gave_up id={} tries={} reason=\"{}\"", id, tries, reason);
        var broker = setup.broker();
        shared.departures()
                .gaveUp(id + " at " + broker.getHostString() + ":" + broker.getPort() + " after " + tries
                        + " tries (" + reason + "); start a broker there, name another one with --engine-broker,"
                        + " or let engines wait for it with --engine-retry=forever");
    }

    /**
     * Burns CPU elsewhere. Returns whether it will: not when too many wait.
     *
     * @param done takes the milliseconds that were burnt, on the event loop
     */
    boolean work(long millis, LongConsumer done) {
        instruments.count(EngineCounter.WORK_ORDERED);
        if (!shared.work().admits()) {
            instruments.count(EngineCounter.WORK_REFUSED);
            return false;
        }
        shared.work()
                .perform(threads, millis)
                .onSuccess(burnt -> loop.execute(() -> {
                    instruments.count(EngineCounter.WORK_DONE);
                    done.accept(burnt);
                }));
        return true;
    }

    /** When the engine's next heartbeat is due: its phase in the period never changes. */
    long nextHeartbeat(int engine, long now) {
        long phase = shared.origin() + setup.phaseNanos(engine);
        return phase + (Math.floorDiv(now - phase, setup.heartbeatNanos()) + 1) * setup.heartbeatNanos();
    }

    /** The time as heartbeats tell it. */
    long micros(long now) {
        return (now - shared.origin()) / NANOS_PER_MICRO;
    }

    Future<?> later(Runnable timeout) {
        return loop.schedule(timeout, setup.timeoutMillis(), TimeUnit.MILLISECONDS);
    }

    Future<?> soon(Runnable timeout) {
        return loop.schedule(timeout, GOODBYE_SECONDS, TimeUnit.SECONDS);
    }

    Reader reader(VirtualEngine engine) {
        return writer.acknowledged() ? new LineReader(engine) : new TextReader(engine, engine.id());
    }

    Writer writer() {
        return writer;
    }

    DueWheel wheel() {
        return wheel;
    }

    Setup setup() {
        return setup;
    }

    Instruments instruments() {
        return instruments;
    }
}

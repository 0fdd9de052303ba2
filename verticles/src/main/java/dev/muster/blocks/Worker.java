package dev.muster.blocks;

import dev.muster.blocks.Exchange.Outcome;
import dev.muster.bus.BlocksLoad;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of the client on one event loop and the load that they carry. All but the constructor and
 * {@link #counted} is for that event loop.
 */
final class Worker {
    /** More requests of an open loop than this don't wait. */
    private static final int MOST_WAITING = 10_000;

    private final List<Line> lines = new ArrayList<>();
    private final ClientInstruments instruments;
    private final BlockWriter.Tools tools;
    private final SplittableRandom random = new SplittableRandom();
    private final Queue<Long> waiting = new ArrayDeque<>();
    private Promise<Void> over = Promise.promise();
    private @Nullable BlocksLoad load;
    private int nextLine;

    Worker(ClientInstruments instruments, Blocks.Shared shared, Context eventLoop) {
        this.instruments = instruments;
        this.tools = new BlockWriter.Tools(
                new BlockBuffers(shared.buffers()), new LoopTimer(eventLoop), instruments.sendLateness);
    }

    /** Makes so many connections; completes with one of them when all are there. */
    Future<HttpClientConnection> connect(Vertx vertx, HttpClientAgent client, Setup setup, int count) {
        var made = new ArrayList<Future<HttpClientConnection>>();
        for (int i = 0; i < count; i++) {
            var line = new Line(vertx, client, setup, this);
            lines.add(line);
            made.add(line.connect());
        }
        return Future.join(made).map(all -> made.get(0).result());
    }

    /** Begins a load; completes when it was stopped and nothing of it is under way any more. */
    Future<Void> begin(BlocksLoad begun) {
        load = begun;
        over = Promise.promise();
        lines.forEach(Line::pump);
        return over.future();
    }

    /** A request of the open loop is due. */
    void arrive(long intended) {
        if (load == null) {
            return;
        }
        if (waiting.size() == MOST_WAITING) {
            count(BlocksCounter.DROPPED);
            return;
        }
        waiting.add(intended);
        // Round robin, so that no connection is preferred.
        for (int i = 0; i < lines.size() && !waiting.isEmpty(); i++) {
            nextLine = (nextLine + 1) % lines.size();
            lines.get(nextLine).pump();
        }
    }

    /** Ends the load: what is under way is cut off, what waits is dropped. */
    void stop() {
        load = null;
        instruments.counters.add(BlocksCounter.DROPPED, waiting.size());
        waiting.clear();
        lines.forEach(Line::cut);
        checkOver();
    }

    /** The next request to begin; null when there is none. */
    @Nullable Exchange next(BiConsumer<Exchange, Outcome> ended) {
        var current = load;
        if (current == null) {
            return null;
        }
        Long intended = current.rate() == null ? (Long) System.nanoTime() : waiting.poll();
        if (intended == null) {
            return null;
        }
        var plan = Plan.next(current, random);
        return new Exchange(plan, current.upload(), intended, instruments, tools, ended);
    }

    /** A request has ended: perhaps the last one of a load that was stopped. */
    void checkOver() {
        if (load == null && lines.stream().allMatch(line -> line.underWay() == 0)) {
            over.tryComplete();
        }
    }

    void count(BlocksCounter counter) {
        instruments.counters.increment(counter);
    }

    /** A count so far. Any thread may ask. */
    long counted(BlocksCounter counter) {
        return instruments.counters.get(counter);
    }

    Future<?> close() {
        stop();
        return Future.join(lines.stream().map(Line::close).toList());
    }
}

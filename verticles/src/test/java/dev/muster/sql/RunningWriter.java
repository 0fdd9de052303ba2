package dev.muster.sql;

import dev.muster.sql.BatchWriter.Limits;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A writer of {@link CountedRows} on an event loop of its own, and what it told its listener. */
final class RunningWriter implements BatchWriter.Listener {
    private final Context loop;
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final BatchWriter<String> writer;
    private volatile int connections;

    private RunningWriter(TestServer server, String url, Limits limits) {
        loop = server.vertx().getOrCreateContext();
        var connector = Databases.connector(server.vertx(), Databases.options(url), List.of());
        writer = new BatchWriter<>(server.vertx(), new CountedRows(), limits, connector, this);
    }

    static RunningWriter start(TestServer server, String url, Limits limits) throws TimeoutException {
        var running = new RunningWriter(server, url, limits);
        running.onLoop(() -> {
            running.writer.start();
            return Future.succeededFuture();
        });
        return running;
    }

    /** Does it on the writer's event loop and waits for what comes of it. */
    <R> R onLoop(Callable<Future<R>> work) throws TimeoutException {
        var result = Promise.<R>promise();
        loop.runOnContext(now -> {
            try {
                work.call().onComplete(result);
            } catch (Exception e) {
                result.fail(e);
            }
        });
        return result.future().await(60, TimeUnit.SECONDS);
    }

    BatchWriter<String> writer() {
        return writer;
    }

    int connections() {
        return connections;
    }

    List<Integer> batches() {
        return batches;
    }

    List<String> refusals() {
        return refusals;
    }

    void close() throws TimeoutException {
        onLoop(writer::close);
    }

    @Override
    public void sending(int rows) {
        batches.add(rows);
    }

    @Override
    public void connected(int now) {
        connections = now;
    }

    @Override
    public void refused(Throwable cause) {
        refusals.add(String.valueOf(cause.getMessage()));
    }
}

package dev.muster.blocks;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One request of the client, from its intended start to its one end. For one event loop. */
final class Exchange {
    /** HTTP/2's CANCEL, RFC 9113, section 7. */
    private static final long CANCEL = 8;

    private static final int OK = 200;

    private final Plan plan;
    private final boolean upload;
    private final long intended;
    private final ClientInstruments instruments;
    private final BlockWriter.Tools tools;
    private final BlockReader reader;
    private final BiConsumer<Exchange, Outcome> ended;
    private long sent;
    private boolean begun;
    private boolean over;
    private @Nullable HttpClientRequest request;
    private @Nullable BlockWriter writer;

    /** How an exchange ended. */
    enum Outcome {
        COMPLETED(BlocksCounter.COMPLETED),
        FAILED(BlocksCounter.FAILED),
        CUT(BlocksCounter.CUT);

        final BlocksCounter counter;

        Outcome(BlocksCounter counter) {
            this.counter = counter;
        }
    }

    /**
     * @param intended when it was to begin, of {@link System#nanoTime}
     * @param ended is told once
     */
    Exchange(
            Plan plan,
            boolean upload,
            long intended,
            ClientInstruments instruments,
            BlockWriter.Tools tools,
            BiConsumer<Exchange, Outcome> ended) {
        this.plan = plan;
        this.upload = upload;
        this.intended = intended;
        this.instruments = instruments;
        this.tools = tools;
        this.reader = new BlockReader(plan, instruments.arrivalLateness);
        this.ended = ended;
    }

    void begin(HttpClientConnection connection) {
        instruments.counters.increment(BlocksCounter.STARTED);
        var options = new RequestOptions()
                .setMethod(upload ? HttpMethod.POST : HttpMethod.GET)
                .setURI(plan.uri());
        connection.request(options).onSuccess(this::send).onFailure(cause -> end(Outcome.FAILED));
    }

    /** Ends it now. */
    void cut() {
        if (!over) {
            end(Outcome.CUT);
            var sending = request;
            if (sending != null) {
                sending.reset(CANCEL);
            }
        }
    }

    private void send(HttpClientRequest made) {
        if (over) {
            made.reset(CANCEL);
            return;
        }
        request = made;
        sent = System.nanoTime();
        made.exceptionHandler(cause -> end(Outcome.FAILED));
        made.response().onSuccess(this::answered).onFailure(cause -> end(Outcome.FAILED));
        if (!upload) {
            made.end();
            return;
        }
        made.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(plan.total()));
        var writing =
                new BlockWriter(made, plan, tools, bytes -> instruments.counters.add(BlocksCounter.CLIENT_SENT, bytes));
        writer = writing;
        writing.start(made::end);
    }

    private void answered(HttpClientResponse response) {
        boolean good = response.statusCode() == OK;
        response.exceptionHandler(cause -> end(Outcome.FAILED));
        response.handler(data -> received(data, good));
        response.endHandler(all -> end(good && (upload || isRight()) ? Outcome.COMPLETED : Outcome.FAILED));
    }

    private boolean isRight() {
        return reader.isComplete() && reader.malformed() == 0;
    }

    private void received(Buffer data, boolean good) {
        if (over || !good) {
            return;
        }
        long now = System.nanoTime();
        if (!begun) {
            begun = true;
            instruments.firstByte.record(now - intended);
        }
        if (!upload) {
            instruments.counters.add(BlocksCounter.CLIENT_RECEIVED, data.length());
            reader.read(data, now);
        }
    }

    private void end(Outcome outcome) {
        if (over) {
            return;
        }
        over = true;
        if (writer != null) {
            writer.stop();
        }
        instruments.counters.add(BlocksCounter.CLIENT_BLOCKS, reader.blocks());
        instruments.counters.add(BlocksCounter.CLIENT_MALFORMED, reader.malformed());
        instruments.counters.increment(outcome.counter);
        if (outcome == Outcome.COMPLETED) {
            long now = System.nanoTime();
            instruments.total.record(now - intended);
            instruments.service.record(now - sent);
        }
        ended.accept(this, outcome);
    }
}

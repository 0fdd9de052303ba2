package dev.muster.streams;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetClient;
import java.util.SplittableRandom;

/**
 * Finds out whether there is an event store: appends an event to a stream of its own and reads it. A server that answers
 * anything else is told of in one line. Belongs to one event loop.
 */
final class Probe implements Wire.Client {
    private static final int LONGEST_LINE = 80;

    private final Setup setup;
    private final Requests requests;
    private final Wire wire;
    private final StreamId stream = StreamId.random(new SplittableRandom());
    private final Promise<Void> found = Promise.promise();
    private boolean appended;

    /** Nobody listens yet, where there may be a store later. */
    static final class NobodyException extends Exception {
        private static final long serialVersionUID = 1;

        NobodyException(String message) {
            super(message);
        }
    }

    /** What answers is no event store, or does not let us in. */
    static final class NoStoreException extends Exception {
        private static final long serialVersionUID = 1;

        NoStoreException(String message) {
            super(message);
        }
    }

    Probe(Setup setup, NetClient client) {
        this.setup = setup;
        this.requests = new Requests(setup);
        this.wire = new Wire(client, setup, this);
    }

    /** Completes when it is one; fails with one of the exceptions. */
    Future<Void> run() {
        wire.send(requests.request(stream, 0), true);
        return found.future().onComplete(done -> wire.close());
    }

    /** Gives up when it takes too long. */
    void expire(long now) {
        wire.expire(now);
    }

    @Override
    public void answered(Wire asked, int status) {
        if (!appended && status == 201 && asked.answer().head().contains("/streams/" + stream)) {
            appended = true;
            wire.send(requests.request(stream, setup.appends()), true);
        } else if (appended && status == 200 && asked.answer().body().toString().contains(stream.toString())) {
            found.complete();
        } else if (status == 503) {
            found.fail(new NobodyException(setup.url() + " answers 503: " + line(asked)));
        } else {
            found.fail(new NoStoreException(setup.url() + " is no event store with AtomPub: to "
                    + (appended ? "a read" : "an append") + " it answered " + line(asked) + fix(status)));
        }
    }

    private static String fix(int status) {
        return status == 401 || status == 403 ? "; give --streams-user and --streams-password" : "";
    }

    /** The status line, and who says it. */
    private static String line(Wire asked) {
        var head = asked.answer().head();
        var line = head.lines().findFirst().orElse("");
        var server = head.lines()
                .filter(header -> header.regionMatches(true, 0, "server:", 0, 7))
                .map(header -> ", " + header.strip())
                .findFirst()
                .orElse("");
        var text = (line + server).replaceAll("\\p{Cntrl}", "?");
        return "'" + (text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "..." : text) + "'";
    }

    @Override
    public void failed(Wire asked, Failing why) {
        found.fail(
                switch (why) {
                    case REFUSED ->
                        new NobodyException("nobody takes connections at " + setup.url()
                                + (setup.tls()
                                        ? ", or its certificate is not trusted: see --streams-ca and --streams-insecure"
                                        : ""));
                    case TIMED_OUT -> new NobodyException(setup.url() + " has not answered in time");
                    case BROKEN -> new NobodyException(setup.url() + " closed the connection without an answer");
                    case TRUNCATED -> new NoStoreException(setup.url() + " sent half an answer");
                    case UNREADABLE -> new NoStoreException(setup.url() + " is no event store: it speaks no HTTP");
                });
    }
}

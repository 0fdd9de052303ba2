package dev.muster.streams;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * One user's connection to the store: one request at a time, a new connection when the last one is gone. It times each
 * part of a request. Belongs to one event loop.
 */
final class Wire {
    private final NetClient client;
    private final Setup setup;
    private final Client user;
    private final AnswerParser parser = new AnswerParser();
    private @Nullable NetSocket socket;
    private @Nullable Buffer waiting;
    private boolean underWay;
    private int connection;
    private long received;
    private int sent;
    private long wanted;
    private long connected;
    private long began;
    private long written;
    private long answered;

    /** Who sends requests. Exactly one of these is called for each; the next one may be sent from within. */
    interface Client {
        /** The answer is there. */
        void answered(Wire wire, int status);

        /** There is none. */
        void failed(Wire wire, Failing why);
    }

    Wire(NetClient client, Setup setup, Client user) {
        this.client = client;
        this.setup = setup;
        this.user = user;
    }

    /**
     * Sends a request.
     *
     * @param keep whether the answer's body is wanted
     */
    void send(Buffer request, boolean keep) {
        wanted = System.nanoTime();
        underWay = true;
        received = 0;
        sent = 0;
        began = 0;
        parser.next(keep);
        var open = socket;
        if (open != null) {
            connected = wanted;
            write(open, request);
            return;
        }
        waiting = request;
        int mine = ++connection;
        client.connect(setup.port(), setup.host())
                .onSuccess(made -> connected(made, mine))
                .onFailure(cause -> {
                    if (mine == connection && underWay) {
                        fail(Failing.REFUSED);
                    }
                });
    }

    private void connected(NetSocket made, int mine) {
        var request = waiting;
        if (mine != connection || !underWay || request == null) {
            made.close();
            return;
        }
        waiting = null;
        socket = made;
        made.handler(data -> {
            if (mine == connection) {
                read(data);
            }
        });
        made.exceptionHandler(cause -> made.close());
        made.closeHandler(closed -> {
            if (mine == connection) {
                lost();
            }
        });
        connected = System.nanoTime();
        write(made, request);
    }

    private void write(NetSocket open, Buffer request) {
        began = System.nanoTime();
        sent = request.length();
        written = 0;
        int mine = connection;
        open.write(request).onSuccess(done -> {
            if (mine == connection && written == 0) {
                written = System.nanoTime();
            }
        });
    }

    private void read(Buffer data) {
        if (!underWay) {
            drop(); // what nobody asked for
            return;
        }
        if (!parser.hasBegun()) {
            answered = System.nanoTime();
        }
        received += data.length();
        try {
            parser.read(data);
        } catch (IllegalArgumentException noHttp) {
            fail(Failing.UNREADABLE);
            return;
        }
        if (parser.isDone()) {
            done();
        }
    }

    private void done() {
        underWay = false;
        if (parser.closes()) {
            drop();
        }
        user.answered(this, parser.status());
    }

    /** The connection has ended. */
    private void lost() {
        socket = null;
        connection++;
        if (!underWay) {
            return;
        }
        if (parser.ended()) {
            done();
        } else {
            fail(parser.hasBegun() ? Failing.TRUNCATED : Failing.BROKEN);
        }
    }

    /** Gives up a request that takes too long; does nothing when it does not. */
    void expire(long now) {
        if (underWay && now - wanted > setup.timeoutNanos()) {
            fail(Failing.TIMED_OUT);
        }
    }

    private void fail(Failing why) {
        underWay = false;
        waiting = null;
        drop();
        user.failed(this, why);
    }

    /** Closes the connection: what still comes on it is nobody's. */
    void drop() {
        connection++;
        var open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }

    /** Closes for good: a request under way ends without a word. */
    void close() {
        underWay = false;
        drop();
    }

    AnswerParser answer() {
        return parser;
    }

    /** Bytes that came of the last answer. */
    long received() {
        return received;
    }

    /** Bytes of the last request; 0 when there was no connection for it. */
    int sent() {
        return sent;
    }

    /** When the last request was to be sent, of {@link System#nanoTime}. */
    long wanted() {
        return wanted;
    }

    /** Whether it was sent. */
    boolean wasSent() {
        return began != 0;
    }

    /** Writes down how long each part of the request took that has just ended. */
    void time(Instruments instruments, Kind kind, boolean whole, long now) {
        instruments.blocked.record(began - wanted);
        instruments.connecting.record(connected - wanted);
        instruments.duration.record(now - began);
        instruments.of(kind).record(now - began);
        if (whole) {
            // The kernel may have taken the request and answered it before we were told that it was sent.
            long sentAt = written == 0 || written - answered > 0 ? answered : written;
            instruments.sending.record(sentAt - began);
            instruments.waiting.record(answered - sentAt);
            instruments.receiving.record(now - answered);
        }
    }
}

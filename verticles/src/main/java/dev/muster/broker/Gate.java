package dev.muster.broker;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the connections of one event loop have in common. For that event loop. */
final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    /** What was written to a connection that ends has so much time to leave. */
    private static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Shared shared;
    private final Instruments instruments;
    private final Parser parser = new Parser();
    private final Patience greeting;
    private final Patience ending = new Patience(GOODBYE_NANOS);
    private final Promise<Void> empty = Promise.promise();
    private int held;
    private int refused;
    private boolean closing;

    /** What all event loops of a broker share. */
    record Shared(Registry registry, Orders orders, int mostConnections, AtomicInteger connections, Sharing sharing) {}

    Gate(Shared shared, Instruments instruments, long handshakeMillis) {
        this.shared = shared;
        this.instruments = instruments;
        this.greeting = new Patience(TimeUnit.MILLISECONDS.toNanos(handshakeMillis));
    }

    Registry registry() {
        return shared.registry;
    }

    Orders orders() {
        return shared.orders;
    }

    Sharing sharing() {
        return shared.sharing;
    }

    Instruments instruments() {
        return instruments;
    }

    Parser parser() {
        return parser;
    }

    /** Whether one more connection may come; each that may must leave. */
    boolean admit() {
        if (shared.connections.incrementAndGet() <= shared.mostConnections) {
            instruments.counters.increment(BrokerCounter.ACCEPTED);
            held++;
            return true;
        }
        shared.connections.decrementAndGet();
        instruments.counters.increment(BrokerCounter.REFUSED);
        refused++;
        return false;
    }

    String refusal() {
        return "ERROR:Too many connections, the limit is " + shared.mostConnections + "\n";
    }

    void entered(Conversation conversation) {
        greeting.begin(conversation, System.nanoTime());
    }

    /** The conversation has come further than its greeting. */
    void greeted(Conversation conversation) {
        greeting.end(conversation);
    }

    /** The conversation is over, and its connection is to close. */
    void ending(Conversation conversation) {
        greeting.end(conversation);
        ending.begin(conversation, System.nanoTime());
    }

    void left(Conversation conversation) {
        greeting.end(conversation);
        ending.end(conversation);
        shared.connections.decrementAndGet();
        held--;
        if (closing && held == 0) {
            empty.tryComplete();
        }
    }

    /**
     * Closes the connections on which no engine has registered in time, and those that should have ended and whose peer
     * does not take what was written to it; says how many were refused.
     */
    void sweep() {
        long now = System.nanoTime();
        greeting.sweep(now, Conversation::tooSlow);
        ending.sweep(now, conversation -> conversation.out().cut());
        if (refused > 0) {
            LOG.warn(
                    "event=broker.refused connections={} limit={} fix=\"raise --broker-max-connections, or the limit of"
                            + " open files (ulimit -n) when it is lower\"",
                    refused,
                    shared.mostConnections);
            refused = 0;
        }
    }

    /** Closes every connection of this event loop; completes when all are closed. */
    Future<Void> close(Executor loop) {
        closing = true;
        List<Conversation> mine = new ArrayList<>();
        greeting.all().forEach(mine::add);
        ending.all().forEach(mine::add);
        for (var conversation : shared.registry.connections()) {
            if (conversation.out().loop() == loop) {
                mine.add(conversation);
            }
        }
        mine.forEach(conversation -> conversation.out().cut());
        if (held == 0) {
            empty.tryComplete();
        }
        return empty.future();
    }
}

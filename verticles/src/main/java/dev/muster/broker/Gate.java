package dev.muster.broker;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the connections of one event loop have in common. */
final class Gate {
    private final Shared shared;
    private final Instruments instruments;
    private final long handshakeNanos;

    /** In the order in which they came: the oldest are the first whose time is over. */
    private final Set<Conversation> greeting = new LinkedHashSet<>();

    /** What all event loops of a broker share. */
    record Shared(Registry registry, Orders orders, int mostConnections, AtomicInteger connections) {}

    Gate(Shared shared, Instruments instruments, long handshakeMillis) {
        this.shared = shared;
        this.instruments = instruments;
        this.handshakeNanos = TimeUnit.MILLISECONDS.toNanos(handshakeMillis);
    }

    /** Whether one more connection may come; each that may must leave. */
    boolean admit() {
        if (shared.connections.incrementAndGet() <= shared.mostConnections) {
            instruments.counters.increment(BrokerCounter.ACCEPTED);
            return true;
        }
        shared.connections.decrementAndGet();
        instruments.counters.increment(BrokerCounter.REFUSED);
        return false;
    }

    String refusal() {
        return "ERROR:Too many connections, the limit is " + shared.mostConnections + "\n";
    }

    Conversation conversation(Output out) {
        return new Conversation(shared.registry, shared.orders, instruments, out);
    }

    Parser parser(Input input) {
        return new Parser(instruments.scratch, input);
    }

    void entered(Conversation conversation) {
        greeting.add(conversation);
    }

    /** The conversation may have come further than its greeting. */
    void greeted(Conversation conversation) {
        if (!conversation.isGreeting()) {
            greeting.remove(conversation);
        }
    }

    void left(Conversation conversation) {
        greeting.remove(conversation);
        shared.connections.decrementAndGet();
    }

    /** Closes the connections on which no engine has registered in time. */
    void sweep() {
        long now = System.nanoTime();
        var all = greeting.iterator();
        while (all.hasNext()) {
            var oldest = all.next();
            if (now - oldest.began() < handshakeNanos) {
                return;
            }
            all.remove();
            oldest.tooSlow();
        }
    }
}

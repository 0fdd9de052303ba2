package dev.muster.broker;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * All engines of a broker, for all of its event loops. Registering and leaving take a lock for a moment; heartbeats take
 * none.
 */
final class Registry {
    private final SecureRandom random = new SecureRandom();
    private final int most;
    private final Map<String, Seat> seats = new HashMap<>();
    private final ArrayDeque<Seat> free = new ArrayDeque<>();
    private final List<Block> blocks = new CopyOnWriteArrayList<>();

    /**
     * @param most engines, connected or not
     */
    Registry(int most) {
        this.most = most;
    }

    /** An engine wants to register on this connection. */
    synchronized Registration register(Newcomer engine, Conversation owner, long now) {
        var id = Seat.text(engine.id());
        var seat = seats.get(id);
        if (seat == null) {
            return seats.size() >= most ? new Registration.Full() : seatAnew(seatFor(id), engine, owner, now);
        }
        if (engine.hasToken() && seat.block().token(seat.index()) == engine.token()) {
            long before = seat.block().resume(seat.index(), engine.last());
            var previous = seat.block().own(seat.index(), owner);
            seat.block().seen(seat.index(), now);
            seat.block().expectAnew(seat.index());
            long lost = Math.max(0, engine.last() - before);
            return new Registration.Resumed(seat, engine.token(), seat.last(), lost, previous);
        }
        return seat.owner() == null ? seatAnew(seat, engine, owner, now) : new Registration.Duplicate();
    }

    private Registration seatAnew(Seat seat, Newcomer engine, Conversation owner, long now) {
        long token = random.nextLong();
        seat.block().take(seat.index(), engine.id(), token, engine.version(), engine.last(), now);
        seat.block().own(seat.index(), owner);
        return new Registration.Registered(seat, token, engine.last());
    }

    private Seat seatFor(String id) {
        if (free.isEmpty()) {
            var block = new Block();
            blocks.add(block);
            for (int i = 0; i < Block.SIZE; i++) {
                free.add(new Seat(block, i));
            }
        }
        var seat = free.remove();
        seats.put(id, seat);
        return seat;
    }

    /** An engine has left on this connection, and its id is free; nothing when another connection has it by now. */
    synchronized void leave(Seat seat, Conversation owner) {
        if (seat.owner() == owner) {
            forget(seat);
        }
    }

    private void forget(Seat seat) {
        var id = seat.block().id(seat.index());
        if (id != null) {
            seats.remove(Seat.text(id));
            seat.block().free(seat.index());
            free.add(seat);
        }
    }

    /** Forgets the engines without a connection that were not heard since then, and returns how many. */
    synchronized int forgetSilentSince(long nanos) {
        var silent = new ArrayList<Seat>();
        for (var seat : seats.values()) {
            if (seat.owner() == null && seat.block().seen(seat.index()) - nanos < 0) {
                silent.add(seat);
            }
        }
        silent.forEach(this::forget);
        return silent.size();
    }

    synchronized int size() {
        return seats.size();
    }

    /** The connection of an engine and all; empty when it has none. */
    synchronized List<Conversation> connectionOf(String id) {
        var seat = seats.get(id);
        var owner = seat == null ? null : seat.owner();
        return owner == null ? List.of() : List.of(owner);
    }

    /** The connections of all engines. */
    List<Conversation> connections() {
        var found = new ArrayList<Conversation>();
        forEach(seat -> {
            var owner = seat.owner();
            if (owner != null) {
                found.add(owner);
            }
        });
        return found;
    }

    /** Every engine, in an order that stays, without a lock: one that comes or goes meanwhile may be missing. */
    void forEach(Consumer<Seat> reader) {
        for (int block = 0; block < blocks.size(); block++) {
            forEachOf(block, reader);
        }
    }

    /** The engines of one block. False when there is no such block. */
    boolean forEachOf(int number, Consumer<Seat> reader) {
        if (number >= blocks.size()) {
            return false;
        }
        var block = blocks.get(number);
        for (int i = 0; i < Block.SIZE; i++) {
            if (block.id(i) != null) {
                reader.accept(new Seat(block, i));
            }
        }
        return true;
    }
}

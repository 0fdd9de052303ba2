package dev.muster.broker;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All engines of a broker, for all of its event loops. Registering and leaving take a lock for a moment; heartbeats take
 * none.
 */
final class Registry {
    private final SecureRandom random = new SecureRandom();
    private final int most;
    private final Index index = new Index(this::idOf);
    private final List<Block> blocks = new CopyOnWriteArrayList<>();
    /** Free seats, of which none is below the lowest. */
    private final BitSet free = new BitSet();

    private int lowestFree;

    /**
     * @param most engines, connected or not
     */
    Registry(int most) {
        this.most = most;
    }

    /** An engine wants to register on this connection. */
    synchronized Registration register(Newcomer engine, Conversation owner, long now) {
        int number = index.find(engine.id());
        if (number == Index.NONE) {
            return index.size() >= most ? new Registration.Full() : seatAnew(engine, owner, now);
        }
        var seat = seat(number);
        if (engine.hasToken() && seat.block().token(seat.index()) == engine.token()) {
            return resume(seat, engine, owner, now);
        }
        return seat.owner() == null ? take(seat, engine, owner, now) : new Registration.Duplicate();
    }

    private static Registration resume(Seat seat, Newcomer engine, Conversation owner, long now) {
        long before = seat.block().resume(seat.index(), engine.last());
        var previous = seat.block().own(seat.index(), owner);
        seat.block().seen(seat.index(), now);
        long lost = Math.max(0, engine.last() - before);
        return new Registration.Resumed(seat, engine.token(), seat.last(), lost, previous);
    }

    private Registration seatAnew(Newcomer engine, Conversation owner, long now) {
        int number = freeSeat();
        var registered = take(seat(number), engine, owner, now);
        index.add(number);
        return registered;
    }

    private Registration take(Seat seat, Newcomer engine, Conversation owner, long now) {
        long token = random.nextLong();
        seat.block().take(seat.index(), engine.id(), token, engine.version(), engine.last(), now);
        seat.block().own(seat.index(), owner);
        return new Registration.Registered(seat, token, engine.last());
    }

    private int freeSeat() {
        int number = free.nextSetBit(lowestFree);
        if (number < 0) {
            number = blocks.size() * Block.SIZE;
            blocks.add(new Block(number));
            free.set(number, number + Block.SIZE);
        }
        free.clear(number);
        lowestFree = number + 1;
        return number;
    }

    private Seat seat(int number) {
        return new Seat(blocks.get(number / Block.SIZE), number % Block.SIZE);
    }

    private byte[] idOf(int number) {
        return Objects.requireNonNull(blocks.get(number / Block.SIZE).id(number % Block.SIZE), "an engine has an id");
    }

    /** Whether it is for this broker alone to say what becomes of the engine: it has a connection here, or its token fits. */
    synchronized boolean holds(Newcomer engine) {
        int number = index.find(engine.id());
        if (number == Index.NONE) {
            return false;
        }
        var seat = seat(number);
        return seat.owner() != null || (engine.hasToken() && seat.block().token(seat.index()) == engine.token());
    }

    /**
     * Another broker wants the engine, which must have a connection here or the right token to keep or to move its place.
     *
     * @param token that it showed; null without one
     */
    synchronized Yielded release(String id, @Nullable Long token) {
        int number = index.find(Wire.ascii(id));
        if (number == Index.NONE) {
            return new Yielded.Free();
        }
        var seat = seat(number);
        var owner = seat.owner();
        if (token != null && seat.block().token(seat.index()) == token) {
            long last = seat.last();
            long due = seat.block().endExpected(seat.index());
            forget(seat);
            return new Yielded.Moved(last, due, Optional.ofNullable(owner));
        }
        if (owner != null) {
            return new Yielded.Held();
        }
        forget(seat);
        return new Yielded.Free();
    }

    /**
     * The engine's place comes from another broker: here it is as if its connection had been lost.
     *
     * @param last number of its heartbeats there
     */
    synchronized void adopt(Newcomer engine, long last, long now) {
        if (index.find(engine.id()) != Index.NONE || index.size() >= most) {
            return;
        }
        int number = freeSeat();
        var seat = seat(number);
        seat.block().take(seat.index(), engine.id(), engine.token(), engine.version(), last, now);
        index.add(number);
    }

    /** An engine has left on this connection, and its id is free; nothing when another connection has it by now. */
    synchronized void leave(Seat seat, Conversation owner) {
        if (seat.owner() == owner) {
            forget(seat);
        }
    }

    private void forget(Seat seat) {
        index.remove(seat.number());
        seat.block().free(seat.index());
        free.set(seat.number());
        lowestFree = Math.min(lowestFree, seat.number());
    }

    /** Forgets the engines without a connection that were not heard since then, and returns how many. */
    synchronized int forgetSilentSince(long nanos) {
        var silent = new ArrayList<Seat>();
        forEach(seat -> {
            if (seat.owner() == null && seat.block().seen(seat.index()) - nanos < 0) {
                silent.add(seat);
            }
        });
        silent.forEach(this::forget);
        return silent.size();
    }

    synchronized int size() {
        return index.size();
    }

    /** The connection of an engine and all; empty when it has none. */
    synchronized List<Conversation> connectionOf(String id) {
        int number = index.find(Wire.ascii(id));
        var owner = number == Index.NONE ? null : seat(number).owner();
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

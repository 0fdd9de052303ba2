package dev.muster.broker;

import dev.muster.broker.Orders.Order;
import java.util.Locale;

/** One connection: the state machine of its {@link Life}. For its event loop, but for what says otherwise. */
final class Conversation implements Input {
    /** After so many errors the broker closes. */
    static final int MOST_ERRORS = 16;

    private final Registry registry;
    private final Orders orders;
    private final Instruments instruments;
    private final Output out;
    private final long began = System.nanoTime();
    private Life life = new Life.Greeting();
    private int errors;
    private long told;
    private long confirmed;
    /** The latest order whose work the engine may report: one that resumed may have heard it on an earlier connection. */
    private long workTold;

    Conversation(Registry registry, Orders orders, Instruments instruments, Output out) {
        this.registry = registry;
        this.orders = orders;
        this.instruments = instruments;
        this.out = out;
    }

    /** The network's side. For any thread. */
    Output out() {
        return out;
    }

    long began() {
        return began;
    }

    boolean isGreeting() {
        return life instanceof Life.Greeting;
    }

    @Override
    public boolean isOpen() {
        return !(life instanceof Life.Ended);
    }

    @Override
    public long last() {
        return life instanceof Life.Seated seated ? seated.seat().last() : 0;
    }

    @Override
    public void newEngine(int version, byte[] id, long last, boolean hasToken, long token) {
        if (!(life instanceof Life.Greeting)) {
            error("An engine is registered on this connection");
            return;
        }
        long now = System.nanoTime();
        var answer = registry.register(new Newcomer(version, id, last, hasToken, token), this, now);
        if (answer instanceof Registration.Registered registered) {
            instruments.counters.increment(BrokerCounter.REGISTERED);
            seated(registered.seat(), version, now);
            out.write(
                    version == 1 ? "SUCCESS:Registered" : welcome("Registered", registered.token(), registered.last()));
        } else if (answer instanceof Registration.Resumed resumed) {
            resumed(resumed, version, now);
        } else if (answer instanceof Registration.Duplicate) {
            instruments.counters.increment(BrokerCounter.DUPLICATE_IDS);
            out.write("FAILLED:Duplicate Engine ID " + Seat.text(id) + (version == 1 ? "" : "\n"));
            end();
        } else {
            error("Too many engines");
            end();
        }
    }

    private void resumed(Registration.Resumed resumed, int version, long now) {
        instruments.counters.increment(BrokerCounter.RESUMED);
        instruments.counters.add(BrokerCounter.LOST, resumed.lost());
        seated(resumed.seat(), version, now);
        workTold = orders.latest();
        out.write(welcome("Resumed", resumed.token(), resumed.last()));
        var previous = resumed.previous();
        if (previous != null) {
            previous.out.loop().execute(previous::lost);
        }
    }

    private void seated(Seat seat, int version, long now) {
        life = new Life.Seated(seat, version);
        instruments.handshake(now - began);
    }

    private static String welcome(String word, long token, long last) {
        return String.format(Locale.ROOT, "SUCCESS:%s:%016x:%d\n", word, token, last);
    }

    @Override
    public void heartBeat(byte[] buffer, int idFrom, int idTo, long number, long sent, long late) {
        if (!(life instanceof Life.Seated seated)) {
            error("Not registered");
            return;
        }
        var seat = seated.seat();
        if (!seat.isId(buffer, idFrom, idTo)) {
            error("Another engine is registered on this connection");
            return;
        }
        long now = System.nanoTime();
        seat.block().seen(seat.index(), now);
        if (seat.block().advance(seat.index(), number)) {
            instruments.heartbeat(seat.block(), seat.index(), now, late);
            if (seated.version() == 2) {
                out.acknowledge(number, sent);
            }
            return;
        }
        boolean again = number <= seat.last();
        instruments.counters.increment(again ? BrokerCounter.DUPLICATED : BrokerCounter.OUT_OF_SEQUENCE);
        if (seated.version() == 2) {
            error("HeartBeat " + number + " is not the last one plus 1, " + (seat.last() + 1));
        }
    }

    @Override
    public void confirm(long order) {
        if (order > told || order <= confirmed) {
            error("No command " + order + " to confirm");
            return;
        }
        confirmed = order;
        instruments.counters.increment(BrokerCounter.CONFIRMED);
        orders.confirm(order, System.nanoTime());
    }

    @Override
    public void done(long order, long cpuMillis) {
        if (order > workTold || cpuMillis > Wire.MAX_WORK_MILLIS) {
            error("No such work was told");
            return;
        }
        instruments.delivered(cpuMillis);
    }

    @Override
    public void bye() {
        if (life instanceof Life.Seated seated) {
            registry.leave(seated.seat(), this);
            instruments.counters.increment(BrokerCounter.LEFT);
        }
        out.write("BYE\n");
        end();
    }

    @Override
    public void malformed() {
        error("Malformed message");
    }

    /** Tells the engine a command, and whether it could. */
    boolean tell(Order order) {
        if (!(life instanceof Life.Seated seated) || !out.isWritable()) {
            instruments.counters.increment(BrokerCounter.UNTOLD);
            return false;
        }
        told = Math.max(told, order.number());
        workTold = Math.max(workTold, order.number());
        out.write(seated.version() == 1 ? order.text() : order.text() + ":" + order.number() + "\n");
        out.flush();
        instruments.counters.increment(BrokerCounter.TOLD);
        return true;
    }

    /** No engine has registered in time. */
    void tooSlow() {
        instruments.counters.increment(BrokerCounter.HANDSHAKE_TIMEOUTS);
        out.write("ERROR:No engine has registered in time\n");
        end();
    }

    /** The connection has ended, or is to end because another one has the engine or it was silent for too long. */
    void lost() {
        if (life instanceof Life.Seated seated) {
            instruments.counters.increment(BrokerCounter.CONNECTIONS_LOST);
            var seat = seated.seat();
            if (seat.owner() == this) {
                instruments.ended(seat.block(), seat.index(), System.nanoTime());
                seat.block().disown(seat.index(), this);
            }
        }
        end();
    }

    private void error(String reason) {
        instruments.counters.increment(BrokerCounter.MALFORMED);
        out.write("ERROR:" + reason + "\n");
        if (++errors >= MOST_ERRORS) {
            lost();
        }
    }

    private void end() {
        if (isOpen()) {
            life = new Life.Ended();
            out.close();
        }
    }
}

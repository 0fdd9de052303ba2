package dev.muster.broker;

import dev.muster.broker.Orders.Order;
import java.util.Locale;

/** One connection: the state machine of its {@link Life}. For its event loop, but for what says otherwise. */
final class Conversation implements Input {
    /** After so many errors the broker closes. */
    static final int MOST_ERRORS = 16;

    private final Gate gate;
    private final Output out;
    private Life life = new Life.Greeting(System.nanoTime());
    private int errors;
    private long told;
    private long confirmed;
    /** The latest order whose work the engine may report: one that resumed may have heard it on an earlier connection. */
    private long workTold;

    Conversation(Gate gate, Output out) {
        this.gate = gate;
        this.out = out;
    }

    /** The network's side. For any thread. */
    Output out() {
        return out;
    }

    @Override
    public boolean isOpen() {
        return !(life instanceof Life.Ended);
    }

    @Override
    public boolean isWaiting() {
        return life instanceof Life.Claiming;
    }

    @Override
    public long last() {
        return life instanceof Life.Seated seated ? seated.seat().last() : 0;
    }

    @Override
    public void newEngine(int version, byte[] id, long last, boolean hasToken, long token) {
        if (!(life instanceof Life.Greeting greeting)) {
            error("An engine is registered on this connection");
            return;
        }
        var engine = new Newcomer(version, id, last, hasToken, token);
        if (gate.sharing().isAsked(engine)) {
            life = new Life.Claiming(greeting.began());
            out.pause();
            gate.sharing().ask(engine, admission -> out.loop().execute(() -> answered(engine, admission)));
        } else {
            register(engine, greeting.began());
        }
    }

    /** The other brokers have answered. */
    private void answered(Newcomer engine, Admission admission) {
        if (life instanceof Life.Claiming claiming) {
            life = new Life.Greeting(claiming.began());
            switch (admission) {
                case GRANTED -> register(engine, claiming.began());
                case REFUSED -> duplicate(engine);
                case UNDECIDED -> {
                    error("Another broker does not answer, try again");
                    end();
                }
            }
            out.resume();
        }
        gate.sharing().settled(engine);
    }

    private void register(Newcomer engine, long began) {
        long now = System.nanoTime();
        var answer = gate.registry().register(engine, this, now);
        if (answer instanceof Registration.Registered registered) {
            count(BrokerCounter.REGISTERED);
            seated(registered.seat(), now - began);
            out.write(
                    engine.version() == 1
                            ? "SUCCESS:Registered"
                            : welcome("Registered", registered.token(), registered.last()));
        } else if (answer instanceof Registration.Resumed resumed) {
            resumed(resumed, now - began);
        } else if (answer instanceof Registration.Duplicate) {
            duplicate(engine);
        } else {
            error("Too many engines");
            end();
        }
    }

    private void duplicate(Newcomer engine) {
        count(BrokerCounter.DUPLICATE_IDS);
        out.write("FAILLED:Duplicate Engine ID " + Seat.text(engine.id()) + (engine.version() == 1 ? "" : "\n"));
        end();
    }

    private void resumed(Registration.Resumed resumed, long took) {
        count(BrokerCounter.RESUMED);
        gate.instruments().counters.add(BrokerCounter.LOST, resumed.lost());
        var seat = resumed.seat();
        // While its old connection is half open, nobody else knows that it has ended.
        gate.instruments().ended(seat.block(), seat.index(), System.nanoTime());
        seated(seat, took);
        workTold = gate.orders().latest();
        out.write(welcome("Resumed", resumed.token(), resumed.last()));
        var previous = resumed.previous();
        if (previous != null) {
            previous.out.loop().execute(previous::lost);
        }
    }

    private void seated(Seat seat, long took) {
        life = new Life.Seated(seat);
        gate.greeted(this);
        gate.instruments().handshake(took);
    }

    private void count(BrokerCounter counter) {
        gate.instruments().counters.increment(counter);
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
            gate.instruments().heartbeat(seat.block(), seat.index(), now, late);
            if (seated.seat().version() == 2) {
                out.acknowledge(number, sent);
            }
            return;
        }
        boolean again = number <= seat.last();
        count(again ? BrokerCounter.DUPLICATED : BrokerCounter.OUT_OF_SEQUENCE);
        if (seated.seat().version() == 2) {
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
        count(BrokerCounter.CONFIRMED);
        gate.orders().confirm(order, System.nanoTime());
    }

    @Override
    public void done(long order, long cpuMillis) {
        if (order > workTold || cpuMillis > Wire.MAX_WORK_MILLIS) {
            error("No such work was told");
            return;
        }
        gate.instruments().delivered(cpuMillis);
    }

    @Override
    public void bye() {
        if (life instanceof Life.Seated seated) {
            endSchedule(seated.seat());
            gate.registry().leave(seated.seat(), this);
            count(BrokerCounter.LEFT);
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
            count(BrokerCounter.UNTOLD);
            return false;
        }
        told = Math.max(told, order.number());
        workTold = Math.max(workTold, order.number());
        out.write(seated.seat().version() == 1 ? order.text() : order.text() + ":" + order.number() + "\n");
        out.flush();
        count(BrokerCounter.TOLD);
        return true;
    }

    /** No engine has registered in time. */
    void tooSlow() {
        count(BrokerCounter.HANDSHAKE_TIMEOUTS);
        out.write("ERROR:No engine has registered in time\n");
        end();
    }

    /** The connection has ended, or is to end because another one has the engine or it was silent for too long. */
    void lost() {
        if (life instanceof Life.Seated seated) {
            count(BrokerCounter.CONNECTIONS_LOST);
            var seat = seated.seat();
            endSchedule(seat);
            seat.block().disown(seat.index(), this);
        }
        end();
    }

    /** Another broker has the engine now. */
    void moved(long due) {
        gate.instruments().ended(due, System.nanoTime());
        lost();
    }

    /** Nothing when another connection has the engine by now: that is its schedule, then. */
    private void endSchedule(Seat seat) {
        if (seat.owner() == this) {
            gate.instruments().ended(seat.block(), seat.index(), System.nanoTime());
        }
    }

    private void error(String reason) {
        count(BrokerCounter.MALFORMED);
        out.write("ERROR:" + reason + "\n");
        if (++errors >= MOST_ERRORS) {
            lost();
        }
    }

    private void end() {
        if (isOpen()) {
            life = new Life.Ended();
            gate.ending(this);
            out.close();
        }
    }
}

package dev.muster.engine;

import dev.muster.engine.Life.Connecting;
import dev.muster.engine.Life.Ended;
import dev.muster.engine.Life.Introduced;
import dev.muster.engine.Life.Leaving;
import dev.muster.engine.Life.Live;
import dev.muster.engine.Life.Waiting;
import io.netty.channel.Channel;
import java.util.Arrays;
import java.util.OptionalInt;

/** One engine, and every step of its {@link Life}. For the event loop of its fleet. */
final class VirtualEngine implements Answers {
    private static final byte[] NO_TOKEN = {};
    private static final long NANOS_PER_MICRO = 1_000;

    private final Fleet fleet;
    private final int index;
    private final int number;
    private final byte[] id;
    private Life life = new Waiting(0);
    /** When its next step, a try or a heartbeat, is meant to happen. */
    private long due;

    private final Beats beats = new Beats();
    private byte[] token = NO_TOKEN;

    /**
     * @param index in the fleet
     * @param number in the process
     */
    VirtualEngine(Fleet fleet, int index, int number, long due) {
        this.fleet = fleet;
        this.index = index;
        this.number = number;
        this.id = Words.ascii(fleet.setup().id(number));
        this.due = due;
    }

    int number() {
        return number;
    }

    byte[] id() {
        return id;
    }

    /**
     * Its fleet goes on, with an empty wheel, after it was held: a try comes so much later, and a heartbeat at its next
     * place in the period.
     */
    void resume(long heldNanos, long now) {
        if (life instanceof Waiting) {
            next(due + heldNanos);
        } else if (life instanceof Live) {
            next(fleet.nextHeartbeat(number, now));
        }
    }

    /** The wheel says that the next step is due. It is no longer in the wheel. */
    void step(long now) {
        fleet.instruments().lateness.record(now - due);
        if (life instanceof Waiting waiting) {
            if (waiting.failures() == 0) {
                fleet.instruments().count(EngineCounter.BEGUN);
            }
            life = new Connecting(waiting.failures());
            fleet.connect(this);
        } else if (life instanceof Live live) {
            heartbeat(live.link(), now);
        } else {
            throw new IllegalStateException("nothing is due while " + life);
        }
    }

    void connected(Channel channel) {
        if (!(life instanceof Connecting connecting)) {
            // It has been told to leave meanwhile.
            channel.close().addListener(closed -> fleet.unlinked());
            return;
        }
        var link = new Link(this, fleet.reader(this), fleet.writer(), channel);
        channel.pipeline().addLast(link);
        var patience = fleet.later(() -> link.close("no answer to the registration"));
        life = new Introduced(connecting.failures(), link, patience);
        link.introduce(id, beats.last(), token);
    }

    void unreached(Throwable cause) {
        fleet.unlinked();
        if (life instanceof Connecting connecting) {
            fleet.instruments().count(EngineCounter.UNREACHED);
            retry(connecting.failures() + 1, String.valueOf(cause.getMessage()));
        }
    }

    @Override
    public void registered(boolean resumed, String newToken, long brokersLast) {
        if (!(life instanceof Introduced introduced)) {
            unexpected("a registration");
            return;
        }
        introduced.patience().cancel(false);
        long now = System.nanoTime();
        fleet.instruments().handshake.record(now - due);
        fleet.instruments().count(EngineCounter.REGISTERED);
        if (resumed) {
            fleet.instruments().count(EngineCounter.RESUMED);
        }
        token = Words.ascii(newToken);
        beats.goOnAfter(brokersLast);
        life = new Live(introduced.link());
        fleet.registered();
        next(fleet.nextHeartbeat(number, now));
    }

    private void heartbeat(Link link, long now) {
        if (beats.unansweredFor(fleet.setup().silenceNanos(), now)) {
            link.close("no heartbeat was acknowledged for four periods");
            return;
        }
        if (!link.isTaken()) {
            link.close("the broker does not read");
            return;
        }
        long late = Math.max(0, now - due) / NANOS_PER_MICRO;
        link.heartbeat(id, beats.next(), fleet.micros(now), late);
        fleet.instruments().count(EngineCounter.SENT);
        if (fleet.writer().acknowledged()) {
            beats.await(now);
        }
        // Against its own schedule: what is late does not make the next one late.
        next(due + fleet.setup().heartbeatNanos());
    }

    @Override
    public void acknowledged(long acknowledged, long sent) {
        long now = System.nanoTime();
        long micros = fleet.micros(now) - sent;
        if (micros < 0 || !beats.acknowledge(acknowledged, now)) {
            unexpected("ACK:" + acknowledged + ":" + sent);
            return;
        }
        fleet.instruments().count(EngineCounter.ACKNOWLEDGED);
        fleet.instruments().roundTrip.record(micros);
    }

    @Override
    public void doWork(long millis, long order) {
        if (!(life instanceof Live live)) {
            unexpected("DOWORK");
            return;
        }
        live.link().confirm(order);
        var orderedAs = token;
        fleet.work(millis, cpuMillis -> worked(orderedAs, order, cpuMillis));
    }

    /** A broker that was restarted meanwhile, and gave another token, knows nothing of the order. */
    private void worked(byte[] orderedAs, long order, long cpuMillis) {
        if (life instanceof Live live && Arrays.equals(token, orderedAs)) {
            live.link().done(order, cpuMillis);
        }
    }

    @Override
    public void kill(int code, long order) {
        if (!(life instanceof Live live)) {
            unexpected("KILL");
            return;
        }
        live.link().confirm(order);
        leave(live.link(), OptionalInt.of(code));
    }

    /** Its process is told to burn CPU for each of its engines. Whether it does. */
    boolean work(long millis) {
        return !isOver() && fleet.work(millis, burnt -> {});
    }

    private boolean isOver() {
        return life instanceof Leaving || life instanceof Ended;
    }

    /** Its process stops, or is told over the bus to end its engines. Whether that ends it: not what is over. */
    boolean stop(OptionalInt code) {
        if (isOver()) {
            return false;
        }
        if (life instanceof Waiting) {
            fleet.wheel().remove(index);
            ended(code);
        } else if (life instanceof Connecting) {
            ended(code);
        } else if (life instanceof Introduced introduced) {
            life = new Leaving(introduced.link(), introduced.patience(), code);
            introduced.link().close("stopped");
        } else if (life instanceof Live live) {
            leave(live.link(), code);
        }
        return true;
    }

    private void ended(OptionalInt code) {
        life = new Ended();
        code.ifPresent(with -> fleet.killed(this, with));
    }

    private void leave(Link link, OptionalInt code) {
        fleet.wheel().remove(index);
        fleet.parted(EngineCounter.LEFT);
        life = new Leaving(link, fleet.soon(() -> link.close("no answer to BYE")), code);
        link.bye();
        if (!fleet.writer().acknowledged()) {
            link.close("left");
        }
    }

    @Override
    public void bye() {
        if (life instanceof Leaving leaving) {
            leaving.link().close("left");
        } else {
            unexpected("BYE");
        }
    }

    @Override
    public void refused(String reason) {
        fleet.instruments().count(EngineCounter.REFUSED);
        link().close("the broker refused: " + reason);
    }

    @Override
    public void error(String reason) {
        fleet.instruments().count(EngineCounter.ERRORS);
        if (!(life instanceof Leaving)) {
            // Numbers that differ agree again after a new registration; any other error is none to go on with.
            link().close("the broker told an error: " + reason);
        }
    }

    @Override
    public void malformed(String text) {
        unexpected("'" + text + "'");
    }

    private void unexpected(String what) {
        fleet.instruments().count(EngineCounter.MALFORMED);
        link().close("the broker sent what can't be understood here: " + what);
    }

    private Link link() {
        if (life instanceof Introduced introduced) {
            return introduced.link();
        } else if (life instanceof Live live) {
            return live.link();
        } else if (life instanceof Leaving leaving) {
            return leaving.link();
        }
        throw new IllegalStateException("no connection while " + life);
    }

    /** The connection has ended, whoever ended it. */
    void disconnected(String reason) {
        fleet.unlinked();
        fleet.instruments().counters.add(EngineCounter.HEARTBEATS_LOST, beats.giveUp());
        if (life instanceof Introduced introduced) {
            introduced.patience().cancel(false);
            fleet.instruments().count(EngineCounter.UNANSWERED);
            retry(introduced.failures() + 1, reason);
        } else if (life instanceof Live) {
            fleet.wheel().remove(index);
            fleet.parted(EngineCounter.LOST);
            retry(1, reason);
        } else if (life instanceof Leaving leaving) {
            leaving.patience().cancel(false);
            ended(leaving.code());
        }
    }

    private void retry(long failures, String reason) {
        if (failures > fleet.setup().retries()) {
            life = new Ended();
            fleet.gaveUp(this, failures, reason);
            return;
        }
        life = new Waiting(failures);
        next(System.nanoTime() + fleet.setup().waitNanos(number, failures));
    }

    private void next(long time) {
        due = time;
        fleet.wheel().add(index, time);
    }
}

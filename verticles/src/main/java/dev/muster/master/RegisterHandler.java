package dev.muster.master;

import dev.muster.bus.Failure;
import dev.muster.bus.Registered;
import dev.muster.bus.Registration;
import dev.muster.bus.Registrations;
import dev.muster.http.Answers;
import dev.muster.http.Params;
import dev.muster.measure.Counters;
import dev.muster.measure.EpochClock;
import dev.muster.measure.Recorder;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes registrations. Those that the event loop takes off its sockets in one turn cross the bus together: a message for
 * each would cost more than all the rest. Belongs to one event loop.
 */
final class RegisterHandler implements Handler<RoutingContext> {
    private static final Logger LOG = LoggerFactory.getLogger(RegisterHandler.class);

    private final Vertx vertx;
    private final int most;
    private final Function<Registrations, Future<Registered>> store;
    private final EpochClock clock = EpochClock.system();
    private final Counters<MasterCounter> counters;
    private final Recorder latency;
    private final Recorder bootLatency;
    private final boolean logs;
    private List<Waiting> waiting = new ArrayList<>();

    /** A request that waits for its registration's commit. */
    private record Waiting(RoutingContext context, Registration registration, long arrived) {}

    /**
     * @param queue how many the database's side lets wait: a message of more would never find room
     * @param store sends a message and completes with its answer
     */
    RegisterHandler(
            Vertx vertx,
            int queue,
            Node node,
            Counters<MasterCounter> counters,
            Function<Registrations, Future<Registered>> store) {
        this.vertx = vertx;
        this.most = Math.min(Registrations.MOST, queue);
        this.store = store;
        this.counters = counters;
        this.latency = node.telemetry().recorder(MasterMetric.REGISTER_LATENCY);
        this.bootLatency = node.telemetry().recorder(MasterMetric.BOOT_LATENCY);
        this.logs = node.verbosity() >= 3;
    }

    @Override
    public void handle(RoutingContext context) {
        long arrived = System.nanoTime();
        waiting.add(new Waiting(context, read(context), arrived));
        if (waiting.size() == 1) {
            // Runs when this turn's requests have all been read.
            vertx.runOnContext(turn -> send());
        }
    }

    private Registration read(RoutingContext context) {
        try {
            return RegisterRequest.read(Params.of(context), clock.nanos() / 1_000);
        } catch (RuntimeException wrong) {
            counters.increment(MasterCounter.REJECTED);
            throw wrong;
        }
    }

    /** In powers of two, as the database's batches are: so that few messages wait for two of them. */
    private void send() {
        var all = waiting;
        waiting = new ArrayList<>();
        for (int from = 0; from < all.size(); ) {
            int count = Integer.highestOneBit(Math.min(most, all.size() - from));
            send(all.subList(from, from + count));
            from += count;
        }
    }

    private void send(List<Waiting> some) {
        var minions = new ArrayList<Registration>(some.size());
        some.forEach(one -> minions.add(one.registration()));
        store.apply(new Registrations(minions))
                .onComplete(answer -> answer(some, answer), cause -> some.forEach(one -> refuse(one, cause)));
    }

    private void answer(List<Waiting> some, Registered answer) {
        var refused = new HashMap<Integer, Registered.Refused>();
        answer.refused().forEach(one -> refused.put(one.place(), one));
        for (int place = 0; place < some.size(); place++) {
            var refusal = refused.get(place);
            if (refusal == null) {
                accept(some.get(place));
            } else {
                refuse(some.get(place), refusal.failure().exception(refusal.reason()));
            }
        }
    }

    private void accept(Waiting one) {
        var registration = one.registration();
        latency.record(System.nanoTime() - one.arrived());
        bootLatency.record(registration.receivedMicros() - registration.bootMicros());
        counters.increment(MasterCounter.REGISTERED);
        if (logs) {
            LOG.info("event=registered minion={}", registration.minionId());
        }
        Answers.send(
                one.context(),
                "Registered " + registration.minionId(),
                () -> new Answer(registration.minionId(), registration.run()));
    }

    private record Answer(String registered, String run) {}

    private void refuse(Waiting one, Throwable cause) {
        counters.increment(counterOf(cause));
        one.context().fail(cause);
    }

    private static MasterCounter counterOf(Throwable cause) {
        return switch (Failure.of(cause)) {
            case BAD_REQUEST -> MasterCounter.REJECTED;
            case UNAVAILABLE -> MasterCounter.UNAVAILABLE;
            default -> MasterCounter.FAILED;
        };
    }
}

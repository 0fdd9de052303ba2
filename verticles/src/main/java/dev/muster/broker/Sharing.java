package dev.muster.broker;

import dev.muster.bus.Addresses;
import dev.muster.bus.BrokerHello;
import dev.muster.bus.EngineClaims;
import dev.muster.bus.EngineClaims.Claim;
import dev.muster.bus.EngineVerdicts;
import dev.muster.bus.EngineVerdicts.Moved;
import dev.muster.node.Identity;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the ids of engines unique among all brokers on the bus: asks the others before an engine is taken, and answers
 * them. What all event loops have read meanwhile is asked in one message. A broker that is alone asks nobody. One instance
 * for each process; the methods that are not the verticle's own are for any thread.
 */
final class Sharing extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(Sharing.class);
    private static final long HELLO_MILLIS = 1_000;
    private static final int MOST_CLAIMS = 1_000;
    private static final int MOST_UNANSWERED = 4;
    private static final DeliveryOptions PATIENT =
            new DeliveryOptions().setSendTimeout(TimeUnit.NANOSECONDS.toMillis(Claims.LIMIT_NANOS));
    private static final EngineVerdicts NOTHING = new EngineVerdicts(List.of(), List.of());

    private final String name;
    private final Registry registry;
    private final IntSupplier connections;
    private final Claims claims;
    private final Neighbours neighbours = new Neighbours();
    private final Queue<Asked> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private @Nullable Context own;
    private int unanswered;

    /** An engine that wants to register, and who waits for the answer. */
    private record Asked(Newcomer engine, Consumer<Admission> answer) {}

    /** @param connections how many this broker holds; for any thread */
    Sharing(Identity identity, Registry registry, IntSupplier connections) {
        this.name = identity.instance() + "/" + identity.incarnation();
        this.registry = registry;
        this.connections = connections;
        this.claims = new Claims(name);
    }

    @Override
    public Future<?> start() {
        if (!vertx.isClustered()) {
            return Future.succeededFuture();
        }
        own = context;
        var bus = vertx.eventBus();
        var hellos = bus.<BrokerHello>consumer(Addresses.BROKERS).handler(hello -> heard(hello.body()));
        var asked = bus.<EngineClaims>consumer(Addresses.broker(name)).handler(this::judge);
        return Future.all(hellos.completion(), asked.completion())
                .onSuccess(ready -> greet(false))
                // All that are there have answered by then.
                .compose(ready -> vertx.timer(HELLO_MILLIS, TimeUnit.MILLISECONDS))
                .onSuccess(known -> vertx.setPeriodic(HELLO_MILLIS, timer -> tick()));
    }

    @Override
    public Future<?> stop() {
        if (vertx.isClustered()) {
            greet(true);
        }
        return Future.succeededFuture();
    }

    private void greet(boolean leaving) {
        var hello = new BrokerHello(name, connections.getAsInt(), registry.size(), leaving);
        vertx.eventBus().publish(Addresses.BROKERS, hello);
    }

    private void heard(BrokerHello hello) {
        if (!hello.broker().equals(name) && neighbours.take(hello, System.nanoTime())) {
            LOG.info("event=broker.neighbour name={}", hello.broker());
            greet(false);
        }
    }

    private void tick() {
        long now = System.nanoTime();
        neighbours.dropSilent(now).forEach(gone -> LOG.warn("event=broker.neighbour_lost name={}", gone));
        claims.sweep(now);
        greet(false);
    }

    /** What each of the other brokers has said last. */
    List<BrokerHello> others() {
        return neighbours.all();
    }

    /** Whether others have a say in it: there are some, and the engine is not held here. */
    boolean isAsked(Newcomer engine) {
        return !neighbours.isEmpty() && !registry.holds(engine);
    }

    /**
     * Asks them.
     *
     * @param answer is told on any thread; {@link #settled} is to be called once it has been acted upon
     */
    void ask(Newcomer engine, Consumer<Admission> answer) {
        var loop = own;
        if (loop == null) {
            throw new IllegalStateException("asked before it has started");
        }
        waiting.add(new Asked(engine, answer));
        if (woken.compareAndSet(false, true)) {
            loop.runOnContext(now -> askAll());
        }
    }

    /** The engine is registered, or refused. */
    void settled(Newcomer engine) {
        claims.end(Seat.text(engine.id()));
    }

    private void askAll() {
        // First, so that what comes from here on wakes this again.
        woken.set(false);
        while (unanswered < MOST_UNANSWERED && !waiting.isEmpty()) {
            var batch = new ArrayList<Asked>();
            for (var next = waiting.poll(); next != null; next = batch.size() < MOST_CLAIMS ? waiting.poll() : null) {
                begin(next, batch);
            }
            if (!batch.isEmpty()) {
                ask(batch);
            }
        }
    }

    private void begin(Asked asked, List<Asked> batch) {
        long wait = claims.begin(Seat.text(asked.engine().id()), System.nanoTime());
        if (wait == 0) {
            batch.add(asked);
        } else {
            vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(wait) + 1, timer -> ask(asked.engine(), asked.answer()));
        }
    }

    private void ask(List<Asked> batch) {
        long since = System.nanoTime();
        unanswered++;
        var question = new EngineClaims(
                name, batch.stream().map(asked -> claim(asked.engine())).toList());
        var answers =
                neighbours.names().stream().map(broker -> ask(broker, question)).toList();
        Future.all(answers).onComplete(answered -> {
            unanswered--;
            boolean inTime = answered.succeeded() && System.nanoTime() - since < Claims.LIMIT_NANOS;
            List<EngineVerdicts> verdicts =
                    answered.succeeded() ? answered.result().list() : List.of();
            for (int i = 0; i < batch.size(); i++) {
                var asked = batch.get(i);
                asked.answer().accept(inTime ? admission(asked.engine(), i, verdicts) : Admission.UNDECIDED);
            }
            askAll();
        });
    }

    private static Claim claim(Newcomer engine) {
        return new Claim(Seat.text(engine.id()), engine.hasToken() ? (Long) engine.token() : null);
    }

    private Future<EngineVerdicts> ask(String broker, EngineClaims question) {
        return vertx.eventBus()
                .<EngineVerdicts>request(Addresses.broker(broker), question, PATIENT)
                .map(Message::body)
                .recover(cause -> {
                    if (cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS) {
                        neighbours.drop(broker);
                        return Future.succeededFuture(NOTHING);
                    }
                    LOG.warn("event=broker.neighbour_unheard name={} cause=\"{}\"", broker, cause.getMessage());
                    return Future.failedFuture(cause);
                });
    }

    private Admission admission(Newcomer engine, int place, List<EngineVerdicts> verdicts) {
        if (verdicts.stream().anyMatch(verdict -> verdict.refused().contains(place))
                || !claims.take(Seat.text(engine.id()))) {
            return Admission.REFUSED;
        }
        verdicts.stream()
                .flatMap(verdict -> verdict.moved().stream())
                .filter(moved -> moved.claim() == place)
                .forEach(moved -> registry.adopt(engine, moved.last(), System.nanoTime()));
        return Admission.GRANTED;
    }

    /** Answers another broker. */
    private void judge(Message<EngineClaims> question) {
        var refused = new ArrayList<Integer>();
        var moved = new ArrayList<Moved>();
        var asked = question.body();
        long now = System.nanoTime();
        for (int i = 0; i < asked.claims().size(); i++) {
            var claim = asked.claims().get(i);
            if (!claims.leave(claim.id(), asked.broker(), now)) {
                refused.add(i);
                continue;
            }
            var place = registry.release(claim.id(), claim.token());
            if (place instanceof Yielded.Held) {
                claims.keep(claim.id());
                refused.add(i);
            } else if (place instanceof Yielded.Moved was) {
                moved.add(new Moved(i, was.last()));
                was.owner().ifPresent(owner -> owner.out().loop().execute(() -> owner.moved(was.due())));
            }
        }
        question.reply(new EngineVerdicts(refused, moved));
    }
}

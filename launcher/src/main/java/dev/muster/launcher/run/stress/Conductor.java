package dev.muster.launcher.run.stress;

import dev.muster.bus.Addresses;
import dev.muster.bus.Message;
import dev.muster.bus.StressAccepted;
import dev.muster.bus.StressOrder;
import dev.muster.launcher.run.Bus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders each pod an equal part of the profile, twice a second, from a thread of its own. Pods that have come meanwhile
 * take part from the next beat on, and those that have gone leave their part to the others. Each order is a lease: pods
 * that hear nothing more burn no more.
 */
final class Conductor {
    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);
    private static final long BEAT_MILLIS = 500;
    private static final long LEASE_MILLIS = 3_000;
    private static final Duration ANSWER = Duration.ofMillis(BEAT_MILLIS);
    private static final double NANOS = 1e9;

    private final Bus bus;
    private final String run;
    private final Profile profile;
    private final String kind;
    private final LoadLog log;
    private final Consumer<String> events;
    private final Set<String> told = new HashSet<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "conductor"));
    private volatile long began;
    private Optional<ScheduledFuture<?>> beats = Optional.empty();

    /**
     * @param log takes what the pods answer
     * @param events takes which pod does not take part, and why
     */
    Conductor(Bus bus, String run, Profile profile, String kind, LoadLog log, Consumer<String> events) {
        this.bus = bus;
        this.run = run;
        this.profile = profile;
        this.kind = kind;
        this.log = log;
        this.events = events;
    }

    /** Begins: the first beat finds the pods and what they have burnt before. */
    void begin() {
        began = System.nanoTime();
        beats = Optional.of(thread.scheduleAtFixedRate(this::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** Seconds since the begin. */
    double seconds() {
        return (System.nanoTime() - began) / NANOS;
    }

    private void beat() {
        try {
            beat(profile.at(seconds()));
        } catch (RuntimeException e) {
            LOG.warn("event=beat_failed cause=\"{}\"", e.getMessage()); // the next one may find the bus again
        }
    }

    private void beat(double cores) {
        var pods = StressPods.fresh(bus.processes());
        var orders = new LinkedHashMap<String, Message>();
        for (var pod : pods) {
            orders.put(pod, new StressOrder(bus.credential(), run, kind, cores / pods.size(), LEASE_MILLIS));
        }
        var answers = bus.askEach(orders, Addresses::stress, StressAccepted.class, ANSWER);
        answers.missing().forEach(this::missed);
        log.beat(seconds(), cores, answers.given()); // the time of the answers, which tell what was burnt until then
    }

    /** Its part of this beat may not be burnt: the user is told once for each pod. One that has left owes nothing. */
    private void missed(String pod, ReplyException cause) {
        if (cause.failureType() != ReplyFailure.NO_HANDLERS && told.add(pod)) {
            boolean late = cause.failureType() == ReplyFailure.TIMEOUT;
            events.accept(
                    late
                            ? pod + " has not answered an order within " + ANSWER.toMillis() + " ms"
                            : pod + " has refused an order: " + cause.getMessage());
        }
    }

    /** Ends the load at once: no pod burns for this run any more. */
    void end() {
        beats.ifPresent(each -> each.cancel(false));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LEASE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("event=conductor_late");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        beat(0);
    }
}

package dev.muster.launcher.run;

import dev.muster.bus.Addresses;
import dev.muster.bus.Message;
import dev.muster.bus.Stats;
import dev.muster.bus.StressAccepted;
import dev.muster.bus.StressOrder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
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
    private static final long FRESH_MILLIS = 2_500;
    private static final double NANOS = 1e9;

    private final Bus bus;
    private final String run;
    private final Profile profile;
    private final String kind;
    private final Autoscaler autoscaler;
    private final LoadLog log = new LoadLog();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "conductor"));
    private volatile long began;
    private Optional<ScheduledFuture<?>> beats = Optional.empty();

    Conductor(Bus bus, String run, Profile profile, String kind, Autoscaler autoscaler) {
        this.bus = bus;
        this.run = run;
        this.profile = profile;
        this.kind = kind;
        this.autoscaler = autoscaler;
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

    LoadLog log() {
        return log;
    }

    private void beat() {
        try {
            beat(profile.at(seconds()));
        } catch (RuntimeException e) {
            LOG.warn("event=beat_failed cause=\"{}\"", e.getMessage()); // the next one may find the bus again
        }
    }

    private void beat(double cores) {
        var pods = pods(bus.processes());
        var orders = new LinkedHashMap<String, Message>();
        for (var pod : pods) {
            orders.put(pod, new StressOrder(bus.credential(), run, kind, cores / pods.size(), LEASE_MILLIS));
        }
        var answers = answers(orders);
        // The time of the answers, which tell what was burnt until then.
        log.beat(seconds(), cores, answers, autoscaler.look().orElse(null));
    }

    private static List<String> pods(List<Stats.Instance> processes) {
        return processes.stream()
                .filter(each -> !each.silent() && each.silentMillis() < FRESH_MILLIS)
                .filter(each -> List.of(each.roles().split(",", -1)).contains("stress"))
                .map(Stats.Instance::name)
                .toList();
    }

    private Map<String, StressAccepted> answers(Map<String, Message> orders) {
        var byAddress = new LinkedHashMap<String, Message>();
        orders.forEach((pod, order) -> byAddress.put(Addresses.stress(pod), order));
        return bus.askEach(byAddress, StressAccepted.class, ANSWER);
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

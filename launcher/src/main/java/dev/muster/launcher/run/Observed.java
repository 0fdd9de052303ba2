package dev.muster.launcher.run;

import dev.muster.bus.Addresses;
import dev.muster.bus.Message;
import dev.muster.bus.Stats;
import dev.muster.bus.StatsQuery;
import dev.muster.launcher.command.StartException;
import dev.muster.measure.Evidence;
import dev.muster.measure.Metric;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.node.Histograms;
import dev.muster.node.RunHealth;
import io.vertx.core.eventbus.EventBus;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the collector has merged, read as an experiment needs it. */
final class Observed {
    private static final long ANSWER_SECONDS = 10;

    private final Stats stats;

    private Observed(Stats stats) {
        this.stats = stats;
    }

    /** Asks the collector. Blocks; not for an event loop. */
    static Observed ask(EventBus bus) {
        return new Observed(ask(bus, Addresses.STATS, new StatsQuery(false, true), Stats.class));
    }

    /** Asks anything over the bus and waits for the answer. Blocks; not for an event loop. */
    static <A extends Message> A ask(EventBus bus, String address, Message question, Class<A> answer) {
        try {
            return answer.cast(bus.request(address, question)
                    .await(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .body());
        } catch (TimeoutException e) {
            throw new StartException("no answer at " + address + " within " + ANSWER_SECONDS + " s", e);
        }
    }

    /** A counter's sum over all processes; 0 when nothing counted. */
    long count(String id) {
        return stats.counters().getOrDefault(id, 0L);
    }

    /** A distribution's summary; without samples when nothing was recorded. */
    Summary summary(String id) {
        var encoded = stats.encoded().get(id);
        if (encoded == null) {
            return Summary.none(Unit.MILLISECONDS);
        }
        return Summary.of(Unit.ofSymbol(encoded.unit()), Histograms.decode(encoded));
    }

    /** A distribution's summary; without samples when nothing was recorded. */
    Summary summary(Metric metric) {
        return summary(metric.id());
    }

    /** The busiest process's share of its processors since it began. */
    double cpuMean() {
        return RunHealth.of(stats).cpuShare();
    }

    /**
     * What the run says of its own trustworthiness.
     *
     * @param claimed the latency that it reports
     * @param unsent work that was never sent
     * @param durable whether what was acknowledged would have survived
     */
    Evidence evidence(Summary claimed, long unsent, boolean durable) {
        return RunHealth.of(stats).evidence(claimed, unsent, durable);
    }
}

package dev.muster.launcher.run.boot;

import dev.muster.bus.Addresses;
import dev.muster.bus.Command;
import dev.muster.bus.MinionStats;
import dev.muster.bus.MinionStatsQuery;
import dev.muster.launcher.catalogue.BootMetric;
import dev.muster.launcher.run.Bus;
import dev.muster.launcher.run.Findings;
import dev.muster.launcher.run.Load;
import dev.muster.launcher.run.Observations;
import dev.muster.launcher.run.Progress;
import dev.muster.launcher.run.Run;
import dev.muster.launcher.run.RunOptions;
import dev.muster.measure.Distribution;
import dev.muster.measure.Rule;
import dev.muster.measure.Unit;
import dev.muster.measure.Verdict;
import dev.muster.node.RunHealth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;

/** The boot of the minions, until every one of them is acknowledged or rejected. */
final class BootLoad implements Load {
    private final Run run;
    private final Bus bus;
    private final BootOptions options;

    BootLoad(Run run, Bus bus) {
        this.run = run;
        this.bus = bus;
        this.options = run.options(BootOptions.class);
    }

    @Override
    public String named(String metric) {
        return switch (metric) {
            case "minion.register.latency" -> BootMetric.REGISTER_LATENCY.id();
            case "minion.register.service" -> BootMetric.REGISTER_SERVICE.id();
            case "minion.tries" -> BootMetric.TRIES.id();
            default -> metric;
        };
    }

    @Override
    public void begin() {
        bus.command("minion", Command.Action.START);
    }

    @Override
    public Duration limit() {
        return options.ramp().plus(run.options(RunOptions.class).timeout());
    }

    @Override
    public boolean isComplete(RunHealth counts) {
        return counts.count("minion.acknowledged") + counts.count("minion.rejected") >= options.minions();
    }

    @Override
    public String progress(RunHealth counts, RunHealth recorded, Duration time) {
        long registered = counts.count("minion.acknowledged");
        var latency = recorded.during("minion.register.latency");
        return String.format(
                Locale.ROOT,
                "boot %s %,d of %,d registered, %,d begun, %,d retries, p99 %s, %.1f s",
                Progress.bar((double) registered / options.minions()),
                registered,
                options.minions(),
                counts.count("minion.started"),
                counts.count("minion.register.retried"),
                latency.text(latency.p99()),
                time.toMillis() / 1e3);
    }

    @Override
    public void end() {
        bus.command("minion", Command.Action.STOP);
    }

    /** The collector knows no table: the acknowledged stand for the registered. */
    @Override
    public Findings soFar(Instant start, RunHealth observed) {
        long acknowledged = observed.count("minion.acknowledged");
        var unknown = new RunHealth.Samples(Unit.MICROSECONDS, new Distribution());
        var metrics = new Observations()
                .count(BootMetric.MINIONS, options.minions())
                .count(BootMetric.REGISTERED, acknowledged)
                .count(BootMetric.REJECTED, observed.count("minion.rejected"))
                .absent(BootMetric.UNSENT)
                .absent(BootMetric.LOST)
                .absent(BootMetric.REREGISTERED)
                .count(BootMetric.RETRIED, observed.count("minion.register.retried"))
                .absent(BootMetric.DURATION)
                .absent(BootMetric.OVERALL)
                .absent(BootMetric.RATE);
        return new Findings(
                start,
                Duration.between(start, Instant.now()).toMillis() / 1e3,
                acknowledged == options.minions(),
                distributions(metrics, observed, unknown, PodTimes.none()),
                verdict(observed, 0, true));
    }

    @Override
    public Findings found(Instant start, RunHealth observed) throws IOException {
        var id = run.folder().run();
        var question = new MinionStatsQuery(id, null, null, null, false);
        var stats = bus.ask(Addresses.MINION_STATS, question, MinionStats.class);
        var minions = MinionsFile.write(run.folder().file("minions.csv"), bus, id);
        var books = Books.of(options.minions(), observed, stats);
        // An interrupted run has not sent all that it was to send: the word says that, not the verdict.
        long unsent = run.interrupted() ? 0 : books.unsent();
        return new Findings(
                minions.start(),
                minions.seconds(),
                books.complete(),
                observations(books, observed, stats, minions),
                verdict(observed, unsent, stats.durable()));
    }

    private static Verdict verdict(RunHealth observed, long unsent, boolean durable) {
        var claimed = observed.during("minion.register.latency");
        return Verdict.of(EnumSet.allOf(Rule.class), observed.evidence(claimed, unsent, durable));
    }

    /**
     * What became of every minion: minions = registered + rejected + unsent + lost. Below 0, lost says that some were
     * counted twice; it is not hidden.
     */
    private record Books(long minions, long registered, long rejected, long unsent, long lost) {
        static Books of(long minions, RunHealth observed, MinionStats stats) {
            long rejected = observed.count("minion.rejected");
            long unsent = minions - observed.count("minion.started");
            long lost = minions - unsent - stats.registered() - rejected;
            return new Books(minions, stats.registered(), rejected, unsent, lost);
        }

        boolean complete() {
            return registered == minions;
        }
    }

    private static Observations observations(
            Books books, RunHealth observed, MinionStats stats, MinionsFile.Summed minions) {
        var all = new Observations()
                .count(BootMetric.MINIONS, books.minions())
                .count(BootMetric.REGISTERED, books.registered())
                .count(BootMetric.REJECTED, books.rejected())
                .count(BootMetric.UNSENT, books.unsent())
                .count(BootMetric.LOST, books.lost())
                .count(BootMetric.REREGISTERED, stats.reregistered())
                .count(BootMetric.RETRIED, observed.count("minion.register.retried"))
                .value(BootMetric.DURATION, minions.seconds())
                .value(BootMetric.OVERALL, stats.overallSeconds());
        rate(all, stats);
        return distributions(all, observed, minions.latency(), PodTimes.none());
    }

    static Observations distributions(Observations all, RunHealth observed, RunHealth.Samples boot, PodTimes pods) {
        all.samples(BootMetric.REGISTER_LATENCY, observed.samples("minion.register.latency"))
                .samples(BootMetric.REGISTER_SERVICE, observed.samples("minion.register.service"))
                .samples(BootMetric.LATENCY, boot)
                .samples(BootMetric.TRIES, observed.samples("minion.tries"));
        return pods.into(all).health(observed);
    }

    /** Registrations per second from the first to the last; a single one has no rate. */
    static void rate(Observations all, MinionStats stats) {
        if (stats.overallSeconds() > 0) {
            all.value(BootMetric.RATE, (stats.registered() - 1) / stats.overallSeconds());
        } else {
            all.absent(BootMetric.RATE);
        }
    }
}

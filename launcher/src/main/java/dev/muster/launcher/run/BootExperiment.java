package dev.muster.launcher.run;

import dev.muster.bus.Addresses;
import dev.muster.bus.Command;
import dev.muster.bus.MinionStats;
import dev.muster.bus.MinionStatsQuery;
import dev.muster.launcher.catalogue.BootMetric;
import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.Options;
import dev.muster.measure.Distribution;
import dev.muster.measure.Rule;
import dev.muster.measure.Unit;
import dev.muster.measure.Verdict;
import dev.muster.node.RunHealth;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** How long until so many minions really run: virtual ones here, registered in a real MariaDB. */
final class BootExperiment implements Experiment {
    private static final Duration LOOK = Duration.ofMillis(250);

    @Override
    public String name() {
        return "boot";
    }

    @Override
    public String summary() {
        return "how long until N minions run and have registered";
    }

    @Override
    public OptionGroup options() {
        return OptionGroup.of("experiment boot", BootOptions.class);
    }

    @Override
    public Map<String, String> shared() {
        return Map.of("count", "--minions", "warm-up", "--warm-up");
    }

    @Override
    public Map<String, String> parameters(Options options) {
        var boot = options.of(BootOptions.class);
        return Map.of(
                "minions",
                String.valueOf(boot.minions()),
                "ramp",
                boot.ramp().toMillis() + "ms",
                "warm-up",
                String.valueOf(boot.warmUp()),
                "timeout",
                options.of(RunOptions.class).timeout().toMillis() + "ms");
    }

    @Override
    public Findings run(Run run) throws IOException {
        var options = run.options(BootOptions.class);
        try (var roles = run.start(List.of(
                "--role=master,minion",
                "--master-port=0",
                "--minion-hold",
                "--minion-count=" + options.minions(),
                "--minion-ramp=" + options.ramp().toMillis() + "ms",
                "--minion-poll=0",
                "--minion-run=" + run.folder().run()))) {
            roles.endpoints().all().forEach((part, url) -> run.progress().event(part + ": " + url));
            var bus = new Bus(roles.bus(), roles.credential());
            var master = URI.create(roles.endpoints().url("master").orElseThrow());
            var before = WarmUp.registrations(run, bus, master, options.warmUp());
            var start = Instant.now();
            var recorded = new AtomicReference<>(RunHealth.between(before, before));
            try (var recording = run.record(bus, before, BootExperiment::name, now -> {
                recorded.set(now);
                return soFar(run, start, now);
            })) {
                bus.command("minion", Command.Action.START);
                watch(run, () -> bus.countsSince(before), recorded::get);
                // From here on the books stand still: nothing begins, and all that has begun is counted.
                bus.command("minion", Command.Action.STOP);
                bus.settled();
                return findings(run, bus, RunHealth.between(before, recording.end()));
            }
        }
    }

    /** What the result calls a metric of the collector: what the experiment reports as its own carries its name. */
    private static String name(String metric) {
        return switch (metric) {
            case "minion.register.latency" -> BootMetric.REGISTER_LATENCY.id();
            case "minion.register.service" -> BootMetric.REGISTER_SERVICE.id();
            case "minion.tries" -> BootMetric.TRIES.id();
            default -> metric;
        };
    }

    /** What the collector alone knows while the load goes on: the acknowledged stand for the registered. */
    private static Findings soFar(Run run, Instant start, RunHealth observed) {
        long minions = run.options(BootOptions.class).minions();
        long acknowledged = observed.count("minion.acknowledged");
        var unknown = new RunHealth.Samples(Unit.MICROSECONDS, new Distribution());
        var metrics = new Observations()
                .count(BootMetric.MINIONS, minions)
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
                acknowledged == minions,
                distributions(metrics, observed, unknown),
                verdict(observed, 0, true));
    }

    /**
     * Watches until every minion is acknowledged or rejected, the time is over, or the run is interrupted.
     *
     * @param counts asks for the counts of now
     * @param recorded what the recorder had a second ago, with latencies
     */
    private static void watch(Run run, Supplier<RunHealth> counts, Supplier<RunHealth> recorded) {
        var options = run.options(BootOptions.class);
        long began = System.nanoTime();
        long most = options.ramp().plus(run.options(RunOptions.class).timeout()).toNanos();
        while (true) {
            var observed = counts.get();
            long ended = observed.count("minion.acknowledged") + observed.count("minion.rejected");
            long elapsed = System.nanoTime() - began;
            show(run.progress(), options.minions(), observed, recorded.get(), Duration.ofNanos(elapsed));
            if (ended >= options.minions() || run.interrupted() || elapsed > most) {
                run.progress().close();
                return;
            }
            run.pause(LOOK);
        }
    }

    private static void show(Progress progress, int minions, RunHealth observed, RunHealth recorded, Duration time) {
        long registered = observed.count("minion.acknowledged");
        var latency = recorded.during("minion.register.latency");
        progress.now(String.format(
                Locale.ROOT,
                "boot %s %,d of %,d registered, %,d begun, %,d retries, p99 %s, %.1f s",
                Progress.bar((double) registered / minions),
                registered,
                minions,
                observed.count("minion.started"),
                observed.count("minion.register.retried"),
                latency.text(latency.p99()),
                time.toMillis() / 1e3));
    }

    private static Findings findings(Run run, Bus bus, RunHealth observed) throws IOException {
        var options = run.options(BootOptions.class);
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
        return distributions(all, observed, minions.latency());
    }

    private static Observations distributions(Observations all, RunHealth observed, RunHealth.Samples boot) {
        return all.samples(BootMetric.REGISTER_LATENCY, observed.samples("minion.register.latency"))
                .samples(BootMetric.REGISTER_SERVICE, observed.samples("minion.register.service"))
                .samples(BootMetric.LATENCY, boot)
                .samples(BootMetric.TRIES, observed.samples("minion.tries"))
                .health(observed);
    }

    /** Registrations per second from the first to the last; a single one has no rate. */
    private static void rate(Observations all, MinionStats stats) {
        if (stats.overallSeconds() > 0) {
            all.value(BootMetric.RATE, (stats.registered() - 1) / stats.overallSeconds());
        } else {
            all.absent(BootMetric.RATE);
        }
    }
}

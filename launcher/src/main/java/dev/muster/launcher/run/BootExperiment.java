package dev.muster.launcher.run;

import dev.muster.bus.Addresses;
import dev.muster.bus.MinionPage;
import dev.muster.bus.MinionPageQuery;
import dev.muster.bus.MinionStats;
import dev.muster.bus.MinionStatsQuery;
import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.Options;
import dev.muster.master.MinionCsv;
import dev.muster.measure.HealthMetric;
import dev.muster.measure.Rule;
import dev.muster.measure.Unit;
import dev.muster.measure.Verdict;
import io.vertx.core.eventbus.EventBus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long until so many minions really run: virtual ones here, registered in a real MariaDB. */
final class BootExperiment implements Experiment {
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int PAGE = 1_000;
    private static final int NANOS_PER_MICRO = 1_000;

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
    public List<String> problems(Options options) {
        int minions = options.of(BootOptions.class).minions();
        return minions >= 1 && minions <= BootOptions.MOST_MINIONS
                ? List.of()
                : List.of("--minions must be 1 to " + BootOptions.MOST_MINIONS + ", not " + minions);
    }

    @Override
    public Findings run(Run run) throws IOException {
        var options = run.options(BootOptions.class);
        var timeout = run.options(RunOptions.class).timeout();
        try (var roles = run.start(List.of(
                "--role=master,minion",
                "--master-port=0",
                "--minion-count=" + options.minions(),
                "--minion-ramp=" + options.ramp().toMillis() + "ms",
                "--minion-poll=0",
                "--minion-run=" + run.folder().run()))) {
            roles.endpoints().all().forEach((part, url) -> run.progress().event(part + ": " + url));
            var observed = watch(run, roles.bus(), options, timeout);
            return findings(run, roles.bus(), options, observed);
        }
    }

    /** Watches until every minion is acknowledged or rejected, the time is over, or the run is interrupted. */
    private static Observed watch(Run run, EventBus bus, BootOptions options, Duration timeout) {
        long deadline = System.nanoTime() + options.ramp().plus(timeout).toNanos();
        long began = System.nanoTime();
        while (true) {
            var observed = Observed.ask(bus);
            long ended = observed.count("minion.acknowledged") + observed.count("minion.rejected");
            show(run.progress(), options.minions(), observed, Duration.ofNanos(System.nanoTime() - began));
            if (ended >= options.minions() || run.interrupted() || System.nanoTime() - deadline > 0) {
                run.progress().close();
                return observed;
            }
            run.pause(LOOK);
        }
    }

    private static void show(Progress progress, int minions, Observed observed, Duration time) {
        long registered = observed.count("minion.acknowledged");
        var latency = observed.summary("minion.register.latency").in(Unit.MILLISECONDS);
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

    private Findings findings(Run run, EventBus bus, BootOptions options, Observed observed) throws IOException {
        var id = run.folder().run();
        var question = new MinionStatsQuery(id, null, null, null, true);
        var stats = Observed.ask(bus, Addresses.MINION_STATS, question, MinionStats.class);
        var span = export(run, bus);
        long rejected = observed.count("minion.rejected");
        long unsent = options.minions() - observed.count("minion.started");
        long lost = Math.max(0, options.minions() - unsent - stats.registered() - rejected);
        var latency = observed.summary("minion.register.latency");
        // An interrupted run has not sent all that it was to send: that is said by the word, not by the verdict.
        var evidence = observed.evidence(latency, run.interrupted() ? 0 : unsent, stats.durable());
        return new Findings(
                span.start(),
                span.seconds(),
                lost == 0 && rejected == 0 && unsent == 0,
                Map.of(
                        "minions", String.valueOf(options.minions()),
                        "ramp", options.ramp().toMillis() + "ms",
                        "timeout", run.options(RunOptions.class).timeout().toMillis() + "ms"),
                metrics(options, observed, stats, span, unsent, lost),
                Verdict.of(EnumSet.allOf(Rule.class), evidence));
    }

    private static Map<String, Measurement> metrics(
            BootOptions options, Observed observed, MinionStats stats, Span span, long unsent, long lost) {
        var metrics = new LinkedHashMap<String, Measurement>();
        metrics.put("boot.minions", Measurement.count(options.minions()));
        metrics.put("boot.registered", Measurement.count(stats.registered()));
        metrics.put("boot.rejected", Measurement.count(observed.count("minion.rejected")));
        metrics.put("boot.unsent", Measurement.count(unsent));
        metrics.put("boot.lost", Measurement.count(lost));
        metrics.put("boot.reregistered", Measurement.count(stats.reregistered()));
        metrics.put("boot.retried", Measurement.count(observed.count("minion.register.retried")));
        metrics.put("boot.duration", Measurement.value(span.seconds(), "s"));
        metrics.put("boot.overall", Measurement.value(stats.overallSeconds(), "s"));
        metrics.put("boot.rate", rate(stats));
        metrics.put("boot.register.latency", Measurement.of(observed.summary("minion.register.latency")));
        metrics.put("boot.register.service", Measurement.of(observed.summary("minion.register.service")));
        if (stats.bootLatency() != null) {
            metrics.put("boot.latency", Measurement.of(stats.bootLatency()));
        }
        metrics.put("boot.tries", Measurement.of(observed.summary("minion.tries")));
        metrics.put("generator.lateness", Measurement.of(observed.summary(HealthMetric.LATENESS)));
        metrics.put("process.loop.delay", Measurement.of(observed.summary(HealthMetric.LOOP_DELAY)));
        metrics.put("process.gc.pause", Measurement.of(observed.summary(HealthMetric.GC_PAUSE)));
        metrics.put("process.cpu.mean", Measurement.value(observed.cpuMean(), "ratio"));
        return metrics;
    }

    /** Registrations per second from the first to the last; a single one has no rate. */
    private static Measurement rate(MinionStats stats) {
        return stats.overallSeconds() > 0
                ? Measurement.value((stats.registered() - 1) / stats.overallSeconds(), "/s")
                : Measurement.none("/s");
    }

    /** From the first minion's boot to the last one's registration. */
    private record Span(Instant start, double seconds) {}

    /** Writes {@code minions.csv}, page by page, and finds the span on the way. */
    private static Span export(Run run, EventBus bus) throws IOException {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        try (var csv = Files.newBufferedWriter(run.folder().file("minions.csv"), StandardCharsets.UTF_8)) {
            csv.write(MinionCsv.HEADER);
            var id = run.folder().run();
            var query = new MinionPageQuery(id, "", "", PAGE);
            while (true) {
                var page = Observed.ask(bus, Addresses.MINION_PAGE, query, MinionPage.class);
                for (var minion : page.minions()) {
                    csv.write(MinionCsv.line(minion));
                    first = Math.min(first, minion.bootMicros());
                    last = Math.max(last, minion.firstSeenMicros());
                }
                if (page.minions().size() < PAGE) {
                    break;
                }
                var end = page.minions().get(PAGE - 1);
                query = new MinionPageQuery(id, end.run(), end.minionId(), PAGE);
            }
        }
        return first > last
                ? new Span(Instant.now(), 0)
                : new Span(Instant.ofEpochSecond(0, first * NANOS_PER_MICRO), (last - first) / 1e6);
    }
}

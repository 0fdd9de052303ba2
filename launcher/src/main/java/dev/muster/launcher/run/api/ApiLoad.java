package dev.muster.launcher.run.api;

import dev.muster.bus.Command;
import dev.muster.launcher.catalogue.ApiMetric;
import dev.muster.launcher.run.Bus;
import dev.muster.launcher.run.Findings;
import dev.muster.launcher.run.Load;
import dev.muster.launcher.run.Observations;
import dev.muster.launcher.run.Progress;
import dev.muster.launcher.run.Run;
import dev.muster.launcher.run.RunOptions;
import dev.muster.measure.Evidence;
import dev.muster.measure.Rule;
import dev.muster.measure.Verdict;
import dev.muster.node.RunHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Operations on an API server, until each has ended and the watcher has heard of it. */
final class ApiLoad implements Load {
    /** What the collector calls what the result calls otherwise; the rest is {@code driver.X} for {@code api.X}. */
    private static final Map<String, ApiMetric> SAMPLES = Map.ofEntries(
            Map.entry("driver.create.latency", ApiMetric.CREATE_LATENCY),
            Map.entry("driver.create.service", ApiMetric.CREATE_SERVICE),
            Map.entry("driver.patch.latency", ApiMetric.PATCH_LATENCY),
            Map.entry("driver.patch.service", ApiMetric.PATCH_SERVICE),
            Map.entry("driver.delete.latency", ApiMetric.DELETE_LATENCY),
            Map.entry("driver.delete.service", ApiMetric.DELETE_SERVICE),
            Map.entry("driver.retry_after", ApiMetric.RETRY_AFTER),
            Map.entry("watcher.lag", ApiMetric.WATCH_LAG),
            Map.entry("informer.queue.time", ApiMetric.INFORMER_QUEUE_TIME),
            Map.entry("informer.create.dequeue_lag", ApiMetric.INFORMER_CREATE_LAG),
            Map.entry("informer.update.dequeue_lag", ApiMetric.INFORMER_UPDATE_LAG),
            Map.entry("informer.reconnect", ApiMetric.INFORMER_RECONNECT));

    private static final Duration HEARD = Duration.ofSeconds(5);

    /** How long what is under way may take at the end, beyond the driver's own time-out. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    /** The same when the run is told to end: its result has to be written within a pod's grace period. */
    private static final Duration HURRY = Duration.ofSeconds(3);

    private final Run run;
    private final Bus bus;
    private final ApiOptions options;
    private final List<String> drivers;
    private final long clockErrorNanos;
    private long endedNanos;

    /**
     * @param drivers their instances
     * @param clockErrorNanos how far the clocks of driver and watcher may be apart; 0 for one clock
     */
    ApiLoad(Run run, Bus bus, List<String> drivers, long clockErrorNanos) {
        this.clockErrorNanos = clockErrorNanos;
        this.run = run;
        this.bus = bus;
        this.drivers = List.copyOf(drivers);
        this.options = run.options(ApiOptions.class);
    }

    @Override
    public String named(String metric) {
        var known = SAMPLES.get(metric);
        return known == null ? metric : known.id();
    }

    @Override
    public void begin() {
        bus.command("driver", drivers, Command.Action.START);
    }

    @Override
    public Duration limit() {
        return ApiOptions.planned(options).plus(run.options(RunOptions.class).timeout());
    }

    /** When all has ended; the last events get some seconds more to be heard of. */
    @Override
    public boolean isComplete(RunHealth counts) {
        var books = Books.of(counts);
        if (books.underWay() > 0 || books.intended() < expected(books)) {
            return false;
        }
        long now = System.nanoTime();
        endedNanos = endedNanos == 0 ? now : endedNanos;
        return isHeard(counts, books) || now - endedNanos > HEARD.toNanos();
    }

    private boolean isHeard(RunHealth counts, Books books) {
        return missed(counts, books) <= 0
                && made(counts, books)
                        <= counts.count("informer.added")
                                + counts.count("informer.updated")
                                + counts.count("informer.deleted");
    }

    /** An object that was not created is neither patched nor deleted. */
    private long expected(Books books) {
        long each = ApiOptions.operations(options) / options.objects();
        return ApiOptions.operations(options) - (each - 1) * books.notCreated(options.objects());
    }

    @Override
    public String progress(RunHealth counts, RunHealth recorded, Duration time) {
        var books = Books.of(counts);
        var latency = recorded.during("driver.create.latency");
        var lag = recorded.during("watcher.lag");
        return String.format(
                Locale.ROOT,
                "api %s %,d of %,d operations done, %,d failed, %,d throttled, create p99 %s, watch lag p99 %s, %.1f s",
                Progress.bar((double) books.ended() / ApiOptions.operations(options)),
                books.done(),
                ApiOptions.operations(options),
                books.failed(),
                counts.count("driver.throttled"),
                latency.text(latency.p99()),
                lag.text(lag.p99()),
                time.toMillis() / 1e3);
    }

    /** What a stalled server holds up is given up after its time: it is not known what becomes of it. */
    @Override
    public void end() {
        var most = ApiExperiment.TIMEOUT.plus(SLACK);
        if (!bus.tryCommand("driver", drivers, Command.Action.STOP, most, HURRY, run::interrupted)) {
            run.progress().event("warning: a driver still waits for answers; what it waits for counts as unknown");
        }
    }

    @Override
    public Findings soFar(Instant start, RunHealth recorded) {
        return findings(start, Books.of(recorded), recorded);
    }

    @Override
    public Findings found(Instant start, RunHealth observed) {
        return findings(start, Books.of(observed).closed(), observed);
    }

    private Findings findings(Instant start, Books books, RunHealth observed) {
        double seconds = observed.greatest("driver.elapsed");
        long unsent = run.interrupted() ? 0 : books.dropped();
        return new Findings(
                start,
                seconds,
                books.done() == ApiOptions.operations(options),
                observations(books, seconds, observed),
                verdict(observed, unsent));
    }

    /** A closed load has no schedule to be late against, and at full speed it may use all of the CPU. */
    private Verdict verdict(RunHealth observed, long unsent) {
        var rules = EnumSet.complementOf(EnumSet.of(Rule.NOT_DURABLE));
        if (options.mode() == ApiOptions.Mode.CLOSED) {
            rules.removeAll(EnumSet.of(Rule.GENERATOR_LATE, Rule.CPU_SATURATED));
        }
        var claimed = observed.during("driver.create.latency");
        var lag = new Evidence.BetweenClocks(ApiMetric.WATCH_LAG.id(), observed.during("watcher.lag"), clockErrorNanos);
        return Verdict.of(rules, observed.evidence(claimed, unsent, true).and(lag));
    }

    private Observations observations(Books books, double seconds, RunHealth observed) {
        var all = new Observations()
                .count(ApiMetric.PLANNED, ApiOptions.operations(options))
                .count(ApiMetric.INTENDED, books.intended())
                .count(ApiMetric.DONE, books.done())
                .count(ApiMetric.FAILED, books.failed())
                .count(ApiMetric.DROPPED, books.dropped())
                .count(ApiMetric.UNKNOWN, books.unknown())
                .count(ApiMetric.THROTTLED, observed.count("driver.throttled"));
        EnumSet.range(ApiMetric.ERRORS_400, ApiMetric.ERRORS_CONNECTION)
                .forEach(error -> all.count(error, observed.count(counter(error))));
        all.value(ApiMetric.DURATION, seconds);
        if (seconds > 0) {
            all.value(ApiMetric.RATE, books.done() / seconds);
        } else {
            all.absent(ApiMetric.RATE); // no operation has ended
        }
        EnumSet.range(ApiMetric.CREATE_LATENCY, ApiMetric.RETRY_AFTER)
                .forEach(samples -> all.samples(samples, samples(samples, observed)));
        all.samples(ApiMetric.WATCH_LAG, samples(ApiMetric.WATCH_LAG, observed))
                .value(ApiMetric.WATCH_CLOCK_ERROR, clockErrorNanos / 1e3)
                .count(ApiMetric.WATCH_EVENTS, events(observed))
                .count(ApiMetric.WATCH_MISSED, missed(observed, books))
                .count(ApiMetric.WATCH_COALESCED, observed.count("watcher.coalesced"))
                .count(ApiMetric.WATCH_DUPLICATES, observed.count("watcher.duplicates"))
                .count(ApiMetric.WATCH_REORDERED, observed.count("watcher.reordered"))
                .count(ApiMetric.WATCH_GONE, observed.count("watcher.gone"))
                .count(ApiMetric.WATCH_LOST, observed.count("watcher.lost"))
                .count(ApiMetric.WATCH_ERRORS, observed.count("watcher.errors"));
        EnumSet.range(ApiMetric.INFORMER_QUEUE_TIME, ApiMetric.INFORMER_RECONNECT)
                .forEach(samples -> all.samples(samples, samples(samples, observed)));
        all.count(ApiMetric.INFORMER_DEQUEUED, observed.count("informer.dequeued"))
                .count(ApiMetric.INFORMER_COALESCED, observed.count("informer.coalesced"))
                .count(ApiMetric.INFORMER_MISSED, observed.count("informer.missed"))
                .count(ApiMetric.INFORMER_RELISTS, observed.count("informer.relists"));
        return all.health(observed);
    }

    /** The driver names its errors by their status. */
    private static String counter(ApiMetric error) {
        return "driver." + error.name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static RunHealth.Samples samples(ApiMetric metric, RunHealth observed) {
        var id = SAMPLES.entrySet().stream()
                .filter(entry -> entry.getValue() == metric)
                .findFirst()
                .orElseThrow()
                .getKey();
        return observed.samples(id);
    }

    private static long events(RunHealth counts) {
        return counts.count("watcher.added") + counts.count("watcher.modified") + counts.count("watcher.deleted");
    }

    /**
     * Each watcher is to hear of each operation. What was never there makes no event; a creation whose outcome was unknown
     * and that was confirmed made one.
     */
    private long missed(RunHealth counts, Books books) {
        return made(counts, books) * options.watchers() - events(counts);
    }

    private static long made(RunHealth counts, Books books) {
        return books.done() - counts.count("driver.never_there") + counts.count("driver.confirmed");
    }

    /** What became of the operations: intended = done + failed + dropped + unknown + under way. */
    private record Books(long intended, long done, long failed, long dropped, long unknown, long created) {
        static Books of(RunHealth counts) {
            return new Books(
                    counts.count("driver.intended"),
                    counts.count("driver.done"),
                    counts.count("driver.failed"),
                    counts.count("driver.dropped"),
                    counts.count("driver.unknown"),
                    counts.count("driver.created"));
        }

        long ended() {
            return done + failed + dropped + unknown;
        }

        long underWay() {
            return intended - ended();
        }

        /** Of what is under way when the load has ended, nothing is known. */
        Books closed() {
            return new Books(intended, done, failed, dropped, unknown + underWay(), created);
        }

        /** Objects whose creation failed, when all has been tried; those of unknown outcome are treated as created. */
        long notCreated(long objects) {
            return Math.max(0, Math.min(failed, objects - created));
        }
    }
}

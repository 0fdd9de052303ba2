package dev.muster.launcher.run.stress;

import dev.muster.bus.Credential;
import dev.muster.launcher.catalogue.HealthResult;
import dev.muster.launcher.catalogue.StressMetric;
import dev.muster.launcher.run.Findings;
import dev.muster.launcher.run.Load;
import dev.muster.launcher.run.Observations;
import dev.muster.launcher.run.Progress;
import dev.muster.launcher.run.Run;
import dev.muster.launcher.run.stress.Spread.Phase;
import dev.muster.measure.ArrivalProcess;
import dev.muster.measure.Distribution;
import dev.muster.measure.Evidence;
import dev.muster.measure.HealthMetric;
import dev.muster.measure.Pacer;
import dev.muster.measure.Recorder;
import dev.muster.measure.Rule;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.measure.Verdict;
import dev.muster.node.RunHealth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How a Service spreads requests over pods: requests to {@code /cpu} at an even rate for the first half of the time, one
 * to {@code /stress} that lasts for the second half, and {@code /cpu} as before. Open loop: a latency counts from the
 * instant at which its request was to be sent.
 */
final class BalanceLoad implements Load {
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(11);

    private final Run run;
    private final StressRunOptions options;
    private final BalanceClient client;
    private final Spread spread = new Spread();
    private final Recorder late = new Recorder(HealthMetric.LATENESS);
    private final Distribution lateness = new Distribution();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicBoolean stressAnswered = new AtomicBoolean();
    private final Optional<Integer> pods;
    private final long requests;
    private Optional<Pacer> pacer = Optional.empty();

    /**
     * @param pods over which the requests are to be spread; 0 when that is not known
     */
    BalanceLoad(Run run, List<String> urls, Credential credential, int pods) {
        this.run = run;
        this.options = run.options(StressRunOptions.class);
        this.client = new BalanceClient(urls, credential, options.keepalive());
        this.pods = Optional.of(pods).filter(known -> known > 0);
        this.requests = Math.max(2, options.duration().toMillis() * options.rate() / 1_000);
    }

    @Override
    public void begin() {
        var arrivals = ArrivalProcess.constant(options.rate()).first(requests);
        pacer = Optional.of(Pacer.start("balance", arrivals, late, this::arrival));
    }

    private void arrival(long index, long intended) {
        boolean second = index >= requests / 2;
        if (index == requests / 2) {
            stress();
        }
        var phase = second ? Phase.AFTER : Phase.BEFORE;
        client.get("/cpu").onComplete(done -> {
            spread.answered(phase, done.result(), System.nanoTime() - intended);
            answered.incrementAndGet();
        });
    }

    private void stress() {
        client.get("/stress?seconds=" + Math.max(1, options.duration().toSeconds() / 2))
                .onSuccess(answer -> {
                    if (!spread.stressed(answer)) {
                        run.progress().event("/stress was answered " + answer.status() + ": no pod took the load");
                    }
                })
                .onFailure(cause -> run.progress().event("no answer from /stress: " + cause.getMessage()))
                .onComplete(done -> stressAnswered.set(true));
    }

    @Override
    public Duration limit() {
        return options.duration().plus(LAST_ANSWERS);
    }

    @Override
    public boolean isComplete(RunHealth counts) {
        return answered.get() >= requests && stressAnswered.get();
    }

    @Override
    public String progress(RunHealth counts, RunHealth recorded, Duration time) {
        return String.format(
                Locale.ROOT,
                "balance %s %,d of %,d answered, %,d failed, %d pods, %.1f s",
                Progress.bar((double) answered.get() / requests),
                answered.get(),
                requests,
                spread.failed(),
                spread.answers().size(),
                time.toMillis() / 1e3);
    }

    @Override
    public void end() {
        pacer.ifPresent(Pacer::stop);
        client.close();
    }

    @Override
    public Findings soFar(Instant start, RunHealth recorded) {
        return findings(start, recorded);
    }

    @Override
    public Findings found(Instant start, RunHealth observed) throws IOException {
        spread.write(run.folder().file("balance.csv"));
        return findings(start, observed);
    }

    private synchronized Findings findings(Instant start, RunHealth observed) {
        late.drainTo(lateness);
        var all = new Observations().absent(StressMetric.ASKED);
        new StressBooks(observed).into(all);
        all.absent(StressMetric.PODS);
        Reaction.NONE.into(all, List.of());
        into(all);
        all.health(observed);
        all.samples(HealthResult.LATENESS, new RunHealth.Samples(Unit.NANOSECONDS, lateness));
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1e3;
        boolean complete = answered.get() >= requests && spread.failed() == 0 && spread.isStressed();
        return new Findings(start, seconds, complete, all, verdict(observed));
    }

    private void into(Observations all) {
        var answers = spread.answers();
        all.count(StressMetric.REQUESTS, answered.get())
                .count(StressMetric.FAILED, spread.failed())
                .count(StressMetric.ANSWERING, answers.size())
                .value(StressMetric.SPREAD, pods.flatMap(known -> evenness(answers, known)))
                .samples(StressMetric.BEFORE, new RunHealth.Samples(Unit.NANOSECONDS, spread.latencies(Phase.BEFORE)))
                .samples(StressMetric.AFTER, new RunHealth.Samples(Unit.NANOSECONDS, spread.latencies(Phase.AFTER)));
    }

    /**
     * The busiest pod's share of the answers over an even one: with 3 pods 1 is even, and 3 is one pod alone.
     *
     * @param pods that there are, whether they answered or not
     */
    static Optional<Double> evenness(Map<String, Long> answers, int pods) {
        long all = answers.values().stream().mapToLong(Long::longValue).sum();
        return answers.values().stream()
                .max(Long::compare)
                .map(most -> (double) most / all * Math.max(pods, answers.size()));
    }

    /** The result of a profile that sends no requests. */
    static void absent(Observations all) {
        var nothing = new RunHealth.Samples(Unit.NANOSECONDS, new Distribution());
        all.absent(StressMetric.REQUESTS)
                .absent(StressMetric.FAILED)
                .absent(StressMetric.ANSWERING)
                .absent(StressMetric.SPREAD)
                .samples(StressMetric.BEFORE, nothing)
                .samples(StressMetric.AFTER, nothing);
    }

    /** Burning pods use all of their CPU on purpose: it is the client that must have been on time. */
    private Verdict verdict(RunHealth observed) {
        var claimed = Summary.of(Unit.NANOSECONDS, spread.latencies(Phase.AFTER));
        var told = observed.evidence(claimed, 0, true);
        var own = new Evidence(
                claimed,
                Summary.of(Unit.NANOSECONDS, lateness),
                told.loopDelay(),
                told.gcPauses(),
                told.cpuShare(),
                0,
                told.restarts(),
                told.builds(),
                told.gaps(),
                told.merges(),
                true,
                List.of());
        return Verdict.of(
                EnumSet.of(
                        Rule.GENERATOR_LATE,
                        Rule.PROCESS_RESTARTED,
                        Rule.BUILDS_MIXED,
                        Rule.MEASUREMENTS_LOST,
                        Rule.BUS_SPLIT),
                own);
    }
}

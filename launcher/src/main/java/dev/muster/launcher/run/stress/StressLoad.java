package dev.muster.launcher.run.stress;

import dev.muster.launcher.catalogue.HealthResult;
import dev.muster.launcher.catalogue.StressMetric;
import dev.muster.launcher.run.Bus;
import dev.muster.launcher.run.Findings;
import dev.muster.launcher.run.Load;
import dev.muster.launcher.run.Observations;
import dev.muster.launcher.run.Progress;
import dev.muster.launcher.run.Run;
import dev.muster.launcher.run.RunOptions;
import dev.muster.launcher.run.stress.Autoscaler.View;
import dev.muster.measure.Rule;
import dev.muster.measure.Verdict;
import dev.muster.node.RunHealth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A load profile over all pods, and what becomes of it. */
final class StressLoad implements Load {
    private static final double PERCENT = 100;
    private static final double MILLIS = 1e3;

    private final Run run;
    private final StressRunOptions options;
    private final Optional<View> before;
    private final LoadLog log;
    private final Conductor conductor;
    private final Lookout lookout;
    private final double seconds;

    /**
     * @param there the instances with the role stress before it
     * @param autoscaler may be none
     */
    StressLoad(Run run, Bus bus, Set<String> there, Autoscaler autoscaler) {
        this.run = run;
        this.options = run.options(StressRunOptions.class);
        this.before = autoscaler.before();
        this.log = new LoadLog(there);
        this.seconds = options.duration().toMillis() / MILLIS;
        var profile = new Profile(
                options.profile(),
                options.base() / PERCENT,
                options.load() / PERCENT,
                seconds,
                options.steps(),
                options.period().toMillis() / MILLIS);
        var kind = options.kind().name().toLowerCase(Locale.ROOT);
        this.conductor = new Conductor(bus, run.folder().run(), profile, kind, log, run.progress()::event);
        this.lookout = new Lookout(autoscaler, log, conductor::seconds);
    }

    @Override
    public void begin() {
        conductor.begin();
        lookout.begin();
    }

    @Override
    public Duration limit() {
        var profile = options.duration().plusSeconds(1);
        return before.isPresent() ? profile.plus(run.options(RunOptions.class).timeout()) : profile;
    }

    @Override
    public boolean isComplete(RunHealth counts) {
        return conductor.seconds() >= seconds
                && (before.isEmpty() || reaction().down().isPresent());
    }

    private Reaction reaction() {
        return before.map(view -> Reaction.of(view, log.sights(), seconds)).orElse(Reaction.NONE);
    }

    @Override
    public String progress(RunHealth counts, RunHealth recorded, Duration time) {
        var last = log.last();
        double now = time.toMillis() / MILLIS;
        return last.map(beat -> String.format(
                        Locale.ROOT,
                        "stress %s asked %.2f cores, delivered %.2f, %d pods, %d working%s, %.1f s",
                        Progress.bar(now / seconds),
                        beat.asked(),
                        beat.delivered(),
                        beat.pods(),
                        beat.working(),
                        beat.cluster() == null
                                ? ""
                                : ", replicas wanted " + beat.cluster().wanted(),
                        now))
                .orElse("stress");
    }

    @Override
    public void end() {
        lookout.close();
        conductor.end();
    }

    @Override
    public Findings soFar(Instant start, RunHealth recorded) {
        return findings(start, recorded);
    }

    @Override
    public Findings found(Instant start, RunHealth observed) throws IOException {
        log.write(run.folder().file("load.csv"), run.folder().file("pods.csv"));
        return findings(start, observed);
    }

    private Findings findings(Instant start, RunHealth observed) {
        var books = new StressBooks(observed);
        double asked = log.askedSeconds();
        int pods = log.mostPods();
        var all = new Observations().value(StressMetric.ASKED, asked);
        books.into(all);
        all.count(StressMetric.PODS, pods);
        reaction().into(all, before.isPresent() ? log.newPodsWorked() : List.of());
        BalanceLoad.absent(all);
        all.health(observed);
        // A pod that the autoscaler takes away tells its last numbers before it goes: its silence loses nothing.
        var rules = EnumSet.of(Rule.PROCESS_RESTARTED, Rule.BUILDS_MIXED, Rule.BUS_SPLIT);
        if (before.isEmpty()) {
            rules.add(Rule.MEASUREMENTS_LOST);
        }
        var claimed = observed.during(HealthResult.LOOP_DELAY.source());
        var verdict = Verdict.of(rules, observed.evidence(claimed, 0, true));
        boolean complete = pods > 0 && conductor.seconds() >= seconds && books.cover(asked);
        return new Findings(start, conductor.seconds(), complete, all, verdict);
    }
}

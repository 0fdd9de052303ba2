package dev.muster.launcher.run;

import dev.muster.launcher.catalogue.HealthResult;
import dev.muster.launcher.catalogue.StressMetric;
import dev.muster.measure.Rule;
import dev.muster.measure.Verdict;
import dev.muster.node.RunHealth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;

/** A load profile over all pods, and what becomes of it. */
final class StressLoad implements Load {
    private static final double PERCENT = 100;
    private static final double MILLIS = 1e3;

    private final Run run;
    private final StressRunOptions options;
    private final Autoscaler autoscaler;
    private final Conductor conductor;
    private final double seconds;

    StressLoad(Run run, Bus bus, Autoscaler autoscaler) {
        this.run = run;
        this.options = run.options(StressRunOptions.class);
        this.autoscaler = autoscaler;
        this.seconds = options.duration().toMillis() / MILLIS;
        var profile = new Profile(
                options.profile(),
                options.base() / PERCENT,
                options.load() / PERCENT,
                seconds,
                options.steps(),
                options.period().toMillis() / MILLIS);
        var kind = options.kind().name().toLowerCase(Locale.ROOT);
        this.conductor = new Conductor(bus, run.folder().run(), profile, kind, autoscaler);
    }

    @Override
    public void begin() {
        conductor.begin();
    }

    @Override
    public Duration limit() {
        var profile = options.duration().plusSeconds(1);
        return autoscaler.isWatched()
                ? profile.plus(run.options(RunOptions.class).timeout())
                : profile;
    }

    @Override
    public boolean isComplete(RunHealth counts) {
        if (conductor.seconds() < seconds) {
            return false;
        }
        return !autoscaler.isWatched()
                || Reaction.of(conductor.log().beats(), seconds).down().isPresent();
    }

    @Override
    public String progress(RunHealth counts, RunHealth recorded, Duration time) {
        var last = conductor.log().last();
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
        conductor.end();
    }

    @Override
    public Findings soFar(Instant start, RunHealth recorded) {
        return findings(start, recorded);
    }

    @Override
    public Findings found(Instant start, RunHealth observed) throws IOException {
        conductor.log().write(run.folder().file("load.csv"), run.folder().file("pods.csv"));
        return findings(start, observed);
    }

    private Findings findings(Instant start, RunHealth observed) {
        var beats = conductor.log().beats();
        int pods = beats.stream().mapToInt(LoadLog.Beat::pods).max().orElse(0);
        var all = StressBooks.of(observed).count(StressMetric.PODS, pods);
        Reaction.of(beats, seconds).into(all, conductor.log().newPodsWorked());
        BalanceLoad.absent(all);
        all.health(observed);
        // A pod that the autoscaler takes away tells its last numbers before it goes: its silence loses nothing.
        var rules = EnumSet.of(Rule.PROCESS_RESTARTED, Rule.BUILDS_MIXED);
        if (!autoscaler.isWatched()) {
            rules.add(Rule.MEASUREMENTS_LOST);
        }
        var claimed = observed.during(HealthResult.LOOP_DELAY.source());
        var verdict = Verdict.of(rules, observed.evidence(claimed, 0, true));
        boolean complete = pods > 0 && conductor.seconds() >= seconds;
        return new Findings(start, conductor.seconds(), complete, all, verdict);
    }
}

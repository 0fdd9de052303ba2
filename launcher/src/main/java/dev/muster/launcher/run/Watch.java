package dev.muster.launcher.run;

import dev.muster.bus.Stats;
import dev.muster.launcher.command.StartException;
import dev.muster.node.RunHealth;
import io.vertx.core.eventbus.ReplyException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Carries a load out: records it, shows how far it is, and ends it when it is complete or has no more time. */
final class Watch {
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Run run;
    private final Stage stage;
    private final Stats before;
    private final Load load;
    private volatile RunHealth recorded;

    /** @param before the collector's answer before the load */
    Watch(Run run, Stage stage, Stats before, Load load) {
        this.run = run;
        this.stage = stage;
        this.before = before;
        this.load = load;
        this.recorded = RunHealth.between(before, before);
    }

    /**
     * From the load's begin to its end. A process that ends by itself meanwhile ends the load, and makes the findings
     * incomplete.
     *
     * @throws IOException when a file of the result can't be written
     */
    Findings findings() throws IOException {
        var start = Instant.now();
        try (var faulting = Faulting.of(run, stage);
                var recording = run.record(this::stats, before, load::named, observed -> {
                    recorded = observed;
                    return complete(load.soFar(start, observed)).with(faulting.soFar());
                })) {
            load.begin();
            faulting.begin();
            watch();
            end();
            faulting.end();
            stage.bus().settled();
            var observed = RunHealth.between(before, recording.end()).without(faulting.interfered());
            var findings = complete(load.found(start, observed)).with(faulting.told(load.impacts()));
            return stage.hasLost() ? findings.incomplete() : findings;
        } finally {
            run.progress().close();
        }
    }

    private Stats stats() {
        return ClusterUse.beside(stage.stats(), load.seen());
    }

    private Findings complete(Findings findings) {
        stage.into(findings.metrics());
        return findings;
    }

    /** Until it is complete, its time is over, the run is interrupted, or a process is lost. */
    private void watch() {
        long began = System.nanoTime();
        var limit = load.limit();
        while (true) {
            var counts = stage.bus().countsSince(before);
            var time = Duration.ofNanos(System.nanoTime() - began);
            run.progress().now(load.progress(counts, recorded, time));
            if (load.isComplete(counts) || time.compareTo(limit) > 0 || run.interrupted() || stage.hasLost()) {
                return;
            }
            run.pause(LOOK);
        }
    }

    private void end() {
        try {
            load.end();
        } catch (StartException | ReplyException e) {
            if (!stage.hasLost()) {
                throw e; // with a process lost there is nobody to answer
            }
        }
    }
}

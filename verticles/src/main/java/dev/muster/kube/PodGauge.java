package dev.muster.kube;

import dev.muster.kube.PodLife.Stage;
import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** The API's curve beside a boot's own: what {@link PodWatch#gauges} tells of the pods at a moment. */
public enum PodGauge implements Metric {
    RUNNING("running", Stage.RUNNING, "Pods of which the API server has said so far that they run"),
    READY("ready", Stage.READY, "Pods of which the API server has said so far that they are ready");

    private final String id;
    private final Stage stage;
    private final String help;

    PodGauge(String thing, Stage stage, String help) {
        this.id = "kube.pods." + thing;
        this.stage = stage;
        this.help = help;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String help() {
        return help;
    }

    @Override
    public Unit unit() {
        return Unit.COUNT;
    }

    /** Which pods it counts: those that have come so far, and those that are gone since. */
    Stage stage() {
        return stage;
    }
}

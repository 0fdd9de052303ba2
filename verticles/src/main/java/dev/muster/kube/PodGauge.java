package dev.muster.kube;

import dev.muster.kube.PodLife.Stage;
import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** The API's curve beside a boot's own: what {@link PodWatch#gauges} tells of the pods at a moment. */
public enum PodGauge implements Metric {
    RUNNING("running", Stage.RUNNING, "Pods of which the API server has said so far that they run"),
    READY("ready", Stage.READY, "Pods of which the API server has said so far that they are ready");

    private final Definition definition;
    private final Stage stage;

    PodGauge(String thing, Stage stage, String help) {
        definition = new Definition("kube.pods." + thing, help, Unit.COUNT);
        this.stage = stage;
    }

    @Override
    public Definition definition() {
        return definition;
    }

    /** Which pods it counts: those that have come so far, and those that are gone since. */
    Stage stage() {
        return stage;
    }
}

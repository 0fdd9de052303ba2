package dev.muster.launcher.catalogue;

import dev.muster.measure.Unit;

/** What the experiment {@code boot} measures where its minions are pods, by what the API tells of them. */
public enum PodMetric implements ResultMetric {
    SEEN("api.pods", Unit.COUNT, Better.NEITHER, "Pods of which the API told that they were created"),
    UNJOINED(
            "api.unjoined",
            Unit.COUNT,
            Better.LOWER,
            "Pods of which the API told and that have not registered, and registered ones of which it did not tell"),
    RELISTS("api.relists", Unit.COUNT, Better.LOWER, "Lists of pods after the first: what changed before is told late"),
    CLOCK_ERROR(
            "api.clock_error",
            Unit.MICROSECONDS,
            Better.LOWER,
            "How wrong boot.api.lateness may be because of the master's clock and this machine's"),
    LATENESS(
            "api.lateness",
            "From the registration of a pod's minion until the API said that the pod runs; below 0 the API said so first"),
    READY_LATENESS(
            "api.ready_lateness", "From the registration of a pod's minion until the API said that the pod is ready"),
    SCHEDULED("pod.scheduled", "From the news that a pod was created until the news that it has a node"),
    SANDBOX("pod.sandbox", "From the news that a pod was created until the news that its sandbox has a network"),
    PULLED("pod.pulled", "From the news that a pod was created until the news that its images are there"),
    STARTED("pod.started", "From the news that a pod was created until the news that its containers have begun"),
    REGISTERED("pod.registered", "From the news that a pod was created until its minion registered"),
    RUNNING("pod.running", "From the news that a pod was created until the news that it runs"),
    READY("pod.ready", "From the news that a pod was created until the news that it is ready"),
    PULL("pod.pull", "How long a kubelet pulled a pod's images, by its own word, where it had to");

    private final Definition definition;

    PodMetric(String thing, Unit unit, Better better, String help) {
        definition = new Definition("boot." + thing, Kind.VALUE, unit, better, help);
    }

    PodMetric(String thing, String help) {
        definition = new Definition("boot." + thing, Kind.DISTRIBUTION, Unit.MILLISECONDS, Better.LOWER, help);
    }

    @Override
    public Definition definition() {
        return definition;
    }

    /** Only minions that are pods have any of these. */
    @Override
    public boolean isShownWithout() {
        return false;
    }
}

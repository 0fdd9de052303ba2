package dev.muster.launcher.catalogue;

import dev.muster.measure.Unit;

/** What the experiment {@code stress} measures. */
public enum StressMetric implements ResultMetric {
    ASKED("asked", Unit.SECONDS, Better.NEITHER, "CPU time that the run's profile wanted of all pods together"),
    REQUESTED(
            "requested",
            Unit.SECONDS,
            Better.NEITHER,
            "CPU time that pods took on: their jobs and orders asked for it"),
    DELIVERED("delivered", Unit.SECONDS, Better.HIGHER, "CPU time that the kernel counted for the burning threads"),
    SHARE("share", Unit.RATIO, Better.HIGHER, "What was delivered of what was requested"),
    THROTTLED(
            "throttled",
            Unit.SECONDS,
            Better.LOWER,
            "How long pods were throttled by their CPU limits, added up over pods and processors"),
    THROTTLED_PERIODS(
            "throttled.periods",
            Unit.RATIO,
            Better.LOWER,
            "Share of the periods of CPU limits in which a pod was throttled"),
    PODS("pods", Unit.COUNT, Better.NEITHER, "Most pods that took part at the same time"),
    DECISION(
            "autoscaler.decision",
            Unit.SECONDS,
            Better.LOWER,
            "From the load's begin until the autoscaler wants more replicas"),
    NEW_POD("autoscaler.pod", Unit.SECONDS, Better.LOWER, "From the load's begin until the first new pod is ready"),
    NEW_POD_WORKS(
            "autoscaler.work",
            Unit.SECONDS,
            Better.LOWER,
            "From the load's begin until the first new pod has burnt CPU"),
    ALL_PODS_WORK(
            "autoscaler.all_work",
            Unit.SECONDS,
            Better.LOWER,
            "From the load's begin until the last new pod has burnt CPU"),
    DOWN(
            "autoscaler.down",
            Unit.SECONDS,
            Better.LOWER,
            "From the load's end until there are as few replicas as before it"),
    NEW_NODE("autoscaler.node", Unit.SECONDS, Better.LOWER, "From the load's begin until a new node is ready"),
    REQUESTS("requests", Unit.COUNT, Better.NEITHER, "Requests sent to /cpu in the profile balance"),
    FAILED("requests.failed", Unit.COUNT, Better.LOWER, "Those that were not answered with 200"),
    ANSWERING("requests.pods", Unit.COUNT, Better.NEITHER, "Pods that answered them"),
    SPREAD(
            "requests.spread",
            Unit.RATIO,
            Better.LOWER,
            "Share of the answers that the busiest pod gave, over an even share: 1 is even"),
    BEFORE(
            Kind.DISTRIBUTION,
            "latency.before",
            Unit.MILLISECONDS,
            Better.LOWER,
            "From the instant at which a request to /cpu was to be sent until its answer, before the one to /stress"),
    AFTER(
            Kind.DISTRIBUTION,
            "latency.after",
            Unit.MILLISECONDS,
            Better.LOWER,
            "The same from the request to /stress on");

    private final Definition definition;

    StressMetric(String thing, Unit unit, Better better, String help) {
        this(Kind.VALUE, thing, unit, better, help);
    }

    StressMetric(Kind kind, String thing, Unit unit, Better better, String help) {
        definition = new Definition("stress." + thing, kind, unit, better, help);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}

package dev.muster.launcher.catalogue;

import dev.muster.measure.Unit;

/** What every experiment tells of the pods and nodes under test, where it runs in a cluster. */
public enum ClusterResult implements ResultMetric {
    PODS("pods", Unit.COUNT, "The most pods that there were at a time in Muster's namespace"),
    PODS_CPU("pods.cpu", Unit.COUNT, "Cores that the pods in Muster's namespace used together, on average"),
    PODS_MEMORY("pods.memory", Unit.BYTES, "The most memory that these pods used together"),
    PODS_RESTARTS("pods.restarts", Unit.COUNT, "Containers of these pods that were started again meanwhile"),
    NODES_CPU("nodes.cpu", Unit.COUNT, "Cores that all nodes used together, on average"),
    NODES_MEMORY("nodes.memory", Unit.BYTES, "The most memory that all nodes used together");

    private final Definition definition;

    ClusterResult(String thing, Unit unit, String help) {
        definition = new Definition("cluster." + thing, Kind.VALUE, unit, Better.LOWER, help);
    }

    @Override
    public Definition definition() {
        return definition;
    }

    /** Only runs in a cluster have any of these. */
    @Override
    public boolean isShownWithout() {
        return false;
    }
}

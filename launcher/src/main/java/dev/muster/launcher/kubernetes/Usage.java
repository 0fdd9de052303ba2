package dev.muster.launcher.kubernetes;

import java.util.Map;

/**
 * What pods and nodes use at one moment.
 *
 * @param pods of the namespace under test, by name
 * @param nodes by name
 */
record Usage(Map<String, Use> pods, Map<String, Use> nodes) {
    /**
     * One of them.
     *
     * @param cores that it uses
     * @param bytes of memory: its working set
     */
    record Use(double cores, double bytes) {}

    Usage {
        pods = Map.copyOf(pods);
        nodes = Map.copyOf(nodes);
    }
}

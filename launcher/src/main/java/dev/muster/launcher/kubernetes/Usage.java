package dev.muster.launcher.kubernetes;

import java.util.Map;
import java.util.OptionalDouble;

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
     * @param cores that it uses; empty when that is not known yet
     * @param bytes of memory: its working set
     */
    record Use(OptionalDouble cores, double bytes) {}

    Usage {
        pods = Map.copyOf(pods);
        nodes = Map.copyOf(nodes);
    }
}

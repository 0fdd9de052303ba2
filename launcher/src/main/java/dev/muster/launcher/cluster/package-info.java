/**
 * Several processes on one event bus, by Hazelcast. A process that runs alone loads nothing of this but its options.
 */
@NullMarked
package dev.muster.launcher.cluster;

import org.jspecify.annotations.NullMarked;

/**
 * The role {@code faults}: does to the system under test what operations do, at stated times: ends a process of the run,
 * deletes pods, drains a node, loses one. Whoever measures hears of each over the bus just before it is done. Of a cluster
 * it needs the Kubernetes API alone.
 */
@NullMarked
package dev.muster.faults;

import org.jspecify.annotations.NullMarked;

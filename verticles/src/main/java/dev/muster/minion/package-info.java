/**
 * The minion registers with the master as soon as it runs, and then does the tasks that it is given. One process holds
 * thousands of virtual minions; a pod of its own runs {@code k8s/minion/minion.sh} instead.
 */
@NullMarked
package dev.muster.minion;

import org.jspecify.annotations.NullMarked;

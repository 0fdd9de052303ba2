/**
 * The experiment {@code connections}: how many connections a broker holds, and whether heartbeats are late or lost. On this
 * machine the engines that connect are in another process ({@link ConnectionsLoad}); in a cluster they are pods
 * ({@link EnginePods}), of which the broker alone tells.
 */
@NullMarked
package dev.muster.launcher.run.connections;

import org.jspecify.annotations.NullMarked;

/**
 * The experiment {@code boot}: how long until so many minions run and have registered. On this machine they are virtual ones
 * in the run's process ({@link BootLoad}); in a cluster each is a pod ({@link BootPods}), and what the API told of it and
 * when stands beside its registration.
 */
@NullMarked
package dev.muster.launcher.run.boot;

import org.jspecify.annotations.NullMarked;

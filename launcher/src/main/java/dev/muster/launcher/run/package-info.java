/**
 * An experiment from start to verdict: starts what it needs on this machine or finds it in a cluster, watches it, and writes
 * the result. Here is what all experiments share; begin with {@link Experiment}, {@link Load} and {@link Run}. Each
 * experiment has a package of its own below this one, which knows this one and no other experiment's.
 */
@NullMarked
package dev.muster.launcher.run;

import org.jspecify.annotations.NullMarked;

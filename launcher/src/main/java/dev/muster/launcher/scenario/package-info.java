/**
 * What a user can write down of a run: the scenario's file, {@code --set}, the list of experiments and the schema for
 * editors, all from one vocabulary. Starts nothing.
 */
@NullMarked
package dev.muster.launcher.scenario;

import org.jspecify.annotations.NullMarked;

/**
 * The file of faults that a run takes with {@code --faults}: read, checked against the experiment and against what the
 * cluster lets us do, all before anything starts.
 */
@NullMarked
package dev.muster.launcher.faults;

import org.jspecify.annotations.NullMarked;

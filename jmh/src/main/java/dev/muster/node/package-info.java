/** Benchmarks of what {@code dev.muster.node} keeps to itself: the snapshots of a process. */
@NullMarked
package dev.muster.node;

import org.jspecify.annotations.NullMarked;

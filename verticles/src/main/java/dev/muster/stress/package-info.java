/**
 * Stress uses CPU as it is told, over HTTP or the bus, and says how much of it it really got. Threads of its own burn,
 * each held at its load by a controller; one event loop answers and owns the jobs. What the kernel says of the pod's
 * control group stands beside it.
 */
@NullMarked
package dev.muster.stress;

import org.jspecify.annotations.NullMarked;

/**
 * Clocks, pacing, recording, verdict: how Muster measures, with no knowledge of Vert.x, Kubernetes or any role. One
 * thread records, any thread may read; nothing on a recording path allocates or locks.
 */
@NullMarked
package dev.muster.measure;

import org.jspecify.annotations.NullMarked;

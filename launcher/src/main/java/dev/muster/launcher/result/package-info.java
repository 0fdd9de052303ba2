/**
 * What a run found out, and its folder: {@code summary.json} as records, written whole or not at all, and read again by
 * everything that works on results. It knows nothing of how a run is made.
 */
@NullMarked
package dev.muster.launcher.result;

import org.jspecify.annotations.NullMarked;

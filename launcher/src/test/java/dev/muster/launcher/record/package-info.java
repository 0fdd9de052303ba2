/** Tests of what a run writes while it goes on. */
@NullMarked
package dev.muster.launcher.record;

import org.jspecify.annotations.NullMarked;

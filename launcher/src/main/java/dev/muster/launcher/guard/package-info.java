/**
 * Looks at a cluster before it is loaded: which one it is, what is about to happen to it and what is missing for that. A
 * user who meant another one can still say no.
 */
@NullMarked
package dev.muster.launcher.guard;

import org.jspecify.annotations.NullMarked;

/**
 * The role {@code informer}: lists the objects of a kind, watches them and works each change off a queue, as a controller
 * does, and tells how late each change is heard of and worked off, what came together, twice or out of order, and what
 * each fault of the watch costs.
 */
@NullMarked
package dev.muster.informer;

import org.jspecify.annotations.NullMarked;

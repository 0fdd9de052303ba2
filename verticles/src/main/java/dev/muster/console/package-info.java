/**
 * The console: a page that shows what happens now, asks for runs and opens their results, and the REST interface and the
 * stream of events that it stands on. All that it tells comes over the bus: from the collector, and from whoever carries
 * out runs.
 */
@NullMarked
package dev.muster.console;

import org.jspecify.annotations.NullMarked;

/**
 * The collector merges what every process measures, keeps the timeline and answers {@code /stats}, for the page, the
 * report and the thresholds alike.
 */
@NullMarked
package dev.muster.collector;

import org.jspecify.annotations.NullMarked;

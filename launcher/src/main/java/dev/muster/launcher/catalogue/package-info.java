/**
 * What each experiment measures: the one definition of every metric of a result. Thresholds, the list of experiments, the
 * scenario's schema, comparisons and reports read it.
 */
@NullMarked
package dev.muster.launcher.catalogue;

import org.jspecify.annotations.NullMarked;

/**
 * The report: one page of a run's result that opens anywhere, without a network, a server or a script if need be. It reads
 * a folder of results and knows nothing of how they came about.
 */
@NullMarked
package dev.muster.launcher.report;

import org.jspecify.annotations.NullMarked;

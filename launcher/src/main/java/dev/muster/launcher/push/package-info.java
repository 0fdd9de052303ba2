/**
 * Sends what {@code /metrics} would show to the user's own monitoring while a run goes on, over OTLP or Prometheus'
 * remote write, so that a run that is over before it would be scraped is seen there too. A receiver that is dead or slow
 * costs the run nothing but a warning.
 */
@NullMarked
package dev.muster.launcher.push;

import org.jspecify.annotations.NullMarked;

/**
 * What is asked of a run's numbers: thresholds such as {@code boot.register.latency p99 < 250ms}, and the service level
 * objectives of the Kubernetes project. They are read and checked before a run begins, and judged on each repetition.
 */
@NullMarked
package dev.muster.launcher.threshold;

import org.jspecify.annotations.NullMarked;

/**
 * What one process gives to the roles that it runs: its identity, its instruments and their way to the bus and to
 * Prometheus, its readiness, and the management port.
 */
@NullMarked
package dev.muster.node;

import org.jspecify.annotations.NullMarked;

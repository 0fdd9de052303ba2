/**
 * The only place that sees several roles: reads the options, deploys the chosen roles and stops them cleanly.
 */
@NullMarked
package dev.muster.launcher;

import org.jspecify.annotations.NullMarked;

/**
 * The roles and the process that runs them: which there are, which options they take, and how they start and stop.
 */
@NullMarked
package dev.muster.launcher.roles;

import org.jspecify.annotations.NullMarked;

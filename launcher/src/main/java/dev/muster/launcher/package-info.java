/**
 * The main of Muster. The launcher module is the only place that sees several roles: it reads the options, deploys the
 * chosen roles and stops them cleanly; its sub-commands do the rest.
 */
@NullMarked
package dev.muster.launcher;

import org.jspecify.annotations.NullMarked;

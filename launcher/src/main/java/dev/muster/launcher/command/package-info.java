/**
 * What every sub-command of the launcher stands on: how it is invoked, how it ends, how it logs, and which build it is.
 */
@NullMarked
package dev.muster.launcher.command;

import org.jspecify.annotations.NullMarked;

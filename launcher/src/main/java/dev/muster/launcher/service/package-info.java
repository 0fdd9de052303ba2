/**
 * Carries out the runs that are asked for over the bus, one at a time and each in a process of its own, and keeps the
 * results of those that were. The console stands on it.
 */
@NullMarked
package dev.muster.launcher.service;

import org.jspecify.annotations.NullMarked;

/**
 * The experiment {@code streams}: how fast an event store takes and gives events, and whether it loses any. On this machine
 * the users are in the run's process; the store is elsewhere, or a stand-in in a process of its own, whose CPU and memory
 * are measured, too.
 */
@NullMarked
package dev.muster.launcher.run.streams;

import org.jspecify.annotations.NullMarked;

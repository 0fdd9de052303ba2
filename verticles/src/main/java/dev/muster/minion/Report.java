package dev.muster.minion;

/**
 * What a minion has to tell the master about a task.
 *
 * @param task the task's number
 */
record Report(long task, Outcome outcome) {}

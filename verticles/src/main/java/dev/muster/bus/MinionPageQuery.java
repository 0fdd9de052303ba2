package dev.muster.bus;

import org.jspecify.annotations.Nullable;

/**
 * Asks for the next minions in the order of run and id, so that a table of any size streams in constant memory.
 *
 * @param run only this run; null for all
 * @param afterRun the run of the last minion seen; empty to begin
 * @param afterId the id of the last minion seen; empty to begin
 * @param limit at most so many, 1 to 1,000
 */
public record MinionPageQuery(@Nullable String run, String afterRun, String afterId, int limit) implements Message {}

package dev.muster.bus;

import org.jspecify.annotations.Nullable;

/**
 * Empties the tables of minions and tasks (admin).
 *
 * @param credential proves that the sender may
 * @param run only this run's minions, and no tasks; null for everything
 */
public record Cleanup(Credential credential, @Nullable String run) implements Message {}

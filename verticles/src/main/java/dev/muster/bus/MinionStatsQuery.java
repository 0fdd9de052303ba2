package dev.muster.bus;

import org.jspecify.annotations.Nullable;

/**
 * Asks for the table's truth about registrations.
 *
 * @param run only this run; null for all
 * @param sinceMicros only minions first registered at or after this instant, epoch microseconds; null for all
 * @param startMicros measure the overall time from this instant, epoch microseconds; null for the first registration
 * @param by group by this label; null for no groups
 * @param full false: counts and overall time alone, which stay cheap while a hundred thousand minions register
 */
public record MinionStatsQuery(
        @Nullable String run,
        @Nullable Long sinceMicros,
        @Nullable Long startMicros,
        @Nullable String by,
        boolean full) implements Message {}

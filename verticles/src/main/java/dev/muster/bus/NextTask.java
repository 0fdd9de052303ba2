package dev.muster.bus;

import org.jspecify.annotations.Nullable;

/**
 * A minion asks for work.
 *
 * @param run its run, empty when it named none
 * @param minionId its id
 * @param errorMicros how wrong the boot instant of its registration may be: the registering request's own duration plus
 *     the resolution of the minion's clock; null after the first time
 */
public record NextTask(
        String run, String minionId, @Nullable Long errorMicros) implements Message {}

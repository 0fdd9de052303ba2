package dev.muster.bus;

import java.util.List;

/**
 * What a broker says to the {@link EngineClaims} of another one. What is in neither list is the other's to take.
 *
 * @param refused claims, by their place in the list: those engines have a connection here
 * @param moved engines that were here and have shown their token: they are here no more
 */
public record EngineVerdicts(List<Integer> refused, List<Moved> moved) implements Message {
    public EngineVerdicts {
        refused = List.copyOf(refused);
        moved = List.copyOf(moved);
    }

    /**
     * One engine.
     *
     * @param claim its place in the list
     * @param last number of its heartbeats that was received
     */
    public record Moved(int claim, long last) {}
}

package dev.muster.broker;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@code /stats} and the log line every 10 s say.
 *
 * @param connections open TCP connections
 * @param engines registered engines, those included whose connection is lost and that are not forgotten yet
 * @param silent how many of them were not heard for too long
 * @param silentFor too long, in seconds
 * @param silentEngines the first few of these
 */
record BrokerStats(int connections, int engines, int silent, long silentFor, List<String> silentEngines) {
    private static final int LISTED = 10;

    /** Reads the registry. */
    static BrokerStats of(Gate.Shared shared, long silentSeconds) {
        long before = System.nanoTime() - silentSeconds * 1_000_000_000L;
        var found = new Object() {
            int silent;
        };
        var listed = new ArrayList<String>();
        shared.registry().forEach(seat -> {
            var id = seat.block().id(seat.index());
            if (id != null && seat.block().seen(seat.index()) - before < 0) {
                found.silent++;
                if (listed.size() < LISTED) {
                    listed.add(Seat.text(id));
                }
            }
        });
        return new BrokerStats(
                shared.connections().get(), shared.registry().size(), found.silent, silentSeconds, listed);
    }

    String text() {
        var line = "BROKER: active tcp connections: " + connections + " (registered engines : " + engines + ")";
        if (silent == 0) {
            return line;
        }
        return line + "; " + silent + " silent for longer than " + silentFor + " s: " + String.join(" ", silentEngines)
                + (silent > silentEngines.size() ? " ..." : "");
    }
}

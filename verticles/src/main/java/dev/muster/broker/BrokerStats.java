package dev.muster.broker;

import dev.muster.bus.BrokerHello;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /stats} and the log line every 10 s say.
 *
 * @param connections open TCP connections
 * @param engines registered engines, those included whose connection is lost and that are not forgotten yet
 * @param silent how many of them were not heard for too long
 * @param silentFor too long, in seconds
 * @param silentEngines the first few of these
 * @param all of this broker and the others on its bus together; null when it is alone
 */
record BrokerStats(
        int connections,
        int engines,
        int silent,
        long silentFor,
        List<String> silentEngines,
        @Nullable Totals all) {
    private static final int LISTED = 10;

    /** Sums over some brokers. */
    record Totals(int brokers, long connections, long engines) {}

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
        int connections = shared.connections().get();
        int engines = shared.registry().size();
        var others = shared.sharing().others();
        return new BrokerStats(
                connections, engines, found.silent, silentSeconds, listed, totals(connections, engines, others));
    }

    private static @Nullable Totals totals(int connections, int engines, List<BrokerHello> others) {
        return others.isEmpty()
                ? null
                : new Totals(
                        1 + others.size(),
                        connections
                                + others.stream()
                                        .mapToLong(BrokerHello::connections)
                                        .sum(),
                        engines
                                + others.stream()
                                        .mapToLong(BrokerHello::engines)
                                        .sum());
    }

    String text() {
        var line = "BROKER: active tcp connections: " + connections + " (registered engines : " + engines + ")"
                + (all == null
                        ? ""
                        : "; all " + all.brokers() + " brokers: " + all.connections() + " (" + all.engines() + ")");
        if (silent == 0) {
            return line;
        }
        return line + "; " + silent + " silent for longer than " + silentFor + " s: " + String.join(" ", silentEngines)
                + (silent > silentEngines.size() ? " ..." : "");
    }
}

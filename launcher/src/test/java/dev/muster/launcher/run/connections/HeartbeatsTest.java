package dev.muster.launcher.run.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.Snapshot;
import dev.muster.bus.Stats;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.run.Observations;
import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import dev.muster.node.Histograms;
import dev.muster.node.RunHealth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    private static RunHealth observed(Map<String, Long> counters, long... lateness) {
        return RunHealth.between(
                stats(Map.of(), Map.of()),
                stats(
                        counters,
                        Map.of(
                                "broker.heartbeat.lateness",
                                Histograms.encode(Unit.NANOSECONDS, Distribution.of(lateness)))));
    }

    private static Stats stats(Map<String, Long> counters, Map<String, Snapshot.Encoded> encoded) {
        return new Stats(0, List.of(), counters, Map.of(), Map.of(), encoded, List.of(), List.of());
    }

    private static @Nullable Measurement onTime(Heartbeats heartbeats) {
        var metrics = new Observations();
        heartbeats.write(metrics);
        return metrics.measurements().get("connections.heartbeats.on_time");
    }

    @Test
    void shouldCallOnTimeThoseAloneThatWereExpected() {
        // The first of each of two connections is not.
        var counters = Map.of("engine.heartbeats.sent", 7L, "broker.heartbeats", 7L, "broker.heartbeats_late", 2L);

        var books = Heartbeats.ofBoth(observed(counters, 0, 0, 0, 5_000_000_000L, 6_000_000_000L));

        assertThat(onTime(books)).isEqualTo(Measurement.value(3, ""));
        assertThat(books.balanced()).isTrue();
    }

    @Test
    void shouldCallNothingOnTimeWhenNoneWasExpected() {
        var counters = Map.of("engine.heartbeats.sent", 2L, "broker.heartbeats", 2L);

        assertThat(onTime(Heartbeats.ofBoth(observed(counters)))).isEqualTo(Measurement.none(""));
    }

    @Test
    void shouldSayNothingOfWhatEnginesThatDoNotTellHaveSent() {
        var counters = Map.of("broker.heartbeats", 7L, "broker.heartbeats_late", 1L, "broker.heartbeats_lost", 2L);
        var metrics = new Observations();

        Heartbeats.ofBroker(observed(counters, 0, 0, 5_000_000_000L)).write(metrics);

        assertThat(metrics.measurements())
                .containsEntry("connections.heartbeats.sent", Measurement.none(""))
                .containsEntry("connections.heartbeats.unaccounted", Measurement.none(""))
                .containsEntry("connections.heartbeats.received", Measurement.value(7, ""))
                .containsEntry("connections.heartbeats.on_time", Measurement.value(2, ""))
                .containsEntry("connections.heartbeats.lost", Measurement.value(2, ""));
    }

    @Test
    void shouldNotTakeTheRetriesOfSomeForTheFirstTriesOfOthers() {
        var counters = Map.of("engine.begun", 3L, "engine.tries", 9L);

        assertThat(ConnectionsLoad.unsent(5, observed(counters))).isEqualTo(2);
    }
}

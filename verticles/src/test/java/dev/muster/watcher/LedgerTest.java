package dev.muster.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kube.WatchEvent;
import dev.muster.measure.Counters;
import dev.muster.measure.Distribution;
import dev.muster.measure.Recorder;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Counters<WatcherCounter> counters = new Counters<>(WatcherCounter.class);
    private final Recorder lag = new Recorder(WatcherMetric.LAG);
    private final Ledger ledger = new Ledger(counters, lag);

    @Test
    void shouldTimeEachCreationAndEachUpdateOnce() {
        ledger.event(event(WatchEvent.Type.ADDED, "a", "1", "1000", ""), 1_500);
        ledger.event(event(WatchEvent.Type.MODIFIED, "a", "2", "1000", "2000"), 2_250);
        // Somebody else changed it: the update's time is the old one.
        ledger.event(event(WatchEvent.Type.MODIFIED, "a", "3", "1000", "2000"), 9_999);
        ledger.event(event(WatchEvent.Type.DELETED, "a", "4", "1000", "2000"), 10_000);

        var lags = new Distribution();
        lag.drainTo(lags);
        assertThat(lags.count()).isEqualTo(2);
        assertThat(lags.max()).isBetween(499L, 501L);
        assertThat(counters.get(WatcherCounter.MODIFIED)).isEqualTo(2);
        assertThat(counters.get(WatcherCounter.UNSTAMPED)).isEqualTo(1);
        assertThat(ledger.size()).isZero();
    }

    @Test
    void shouldKeepALagBelowZero() {
        ledger.event(event(WatchEvent.Type.ADDED, "a", "1", "1000", ""), 400);

        var lags = new Distribution();
        lag.drainTo(lags);
        assertThat(lags.min()).isEqualTo(-600);
    }

    @Test
    void shouldTellRepeatedEventsFromThoseOutOfOrder() {
        ledger.event(event(WatchEvent.Type.ADDED, "a", "5", "1000", ""), 1_500);
        ledger.event(event(WatchEvent.Type.ADDED, "a", "5", "1000", ""), 1_600);
        ledger.event(event(WatchEvent.Type.MODIFIED, "a", "4", "1000", "1"), 1_700);

        assertThat(counters.get(WatcherCounter.ADDED)).isEqualTo(1);
        assertThat(counters.get(WatcherCounter.DUPLICATES)).isEqualTo(1);
        assertThat(counters.get(WatcherCounter.REORDERED)).isEqualTo(1);
    }

    @Test
    void shouldKnowWhatIsRepeatedOfAnObjectThatIsGone() {
        ledger.event(event(WatchEvent.Type.ADDED, "a", "1", "1000", ""), 1_500);
        ledger.event(event(WatchEvent.Type.DELETED, "a", "4", "1000", ""), 1_600);
        ledger.event(event(WatchEvent.Type.DELETED, "a", "4", "1000", ""), 1_700);
        ledger.event(event(WatchEvent.Type.ADDED, "a", "1", "1000", ""), 1_800);
        ledger.event(event(WatchEvent.Type.ADDED, "a", "5", "1000", ""), 1_900);

        assertThat(counters.get(WatcherCounter.ADDED)).isEqualTo(2);
        assertThat(counters.get(WatcherCounter.DELETED)).isEqualTo(1);
        assertThat(counters.get(WatcherCounter.DUPLICATES)).isEqualTo(1);
        assertThat(counters.get(WatcherCounter.REORDERED)).isEqualTo(1);
        assertThat(ledger.size()).isEqualTo(1);
    }

    @Test
    void shouldTakeNothingForRepeatedWhereVersionsAreNoNumbers() {
        ledger.event(event(WatchEvent.Type.ADDED, "a", "x1", "1000", ""), 1_500);
        ledger.event(event(WatchEvent.Type.MODIFIED, "a", "x2", "1000", "2000"), 2_500);
        ledger.event(event(WatchEvent.Type.ADDED, "b", "x3", "1000", ""), 2_600);

        assertThat(counters.get(WatcherCounter.DUPLICATES)).isZero();
        assertThat(counters.get(WatcherCounter.ADDED)).isEqualTo(2);
        assertThat(counters.get(WatcherCounter.MODIFIED)).isEqualTo(1);
    }

    @Test
    void shouldCountWhatOnlyALaterListTells() {
        ledger.listed(
                List.of(
                        event(WatchEvent.Type.ADDED, "kept", "1", "", ""),
                        event(WatchEvent.Type.ADDED, "gone", "2", "", "")),
                false);
        assertThat(counters.get(WatcherCounter.COALESCED)).isZero();

        ledger.listed(
                List.of(
                        event(WatchEvent.Type.ADDED, "kept", "1", "", ""),
                        event(WatchEvent.Type.ADDED, "changed", "7", "", "")),
                true);

        assertThat(counters.get(WatcherCounter.COALESCED)).isEqualTo(2);
        assertThat(counters.get(WatcherCounter.LISTED)).isEqualTo(4);
        assertThat(ledger.size()).isEqualTo(2);
    }

    private static WatchEvent event(WatchEvent.Type type, String name, String version, String created, String updated) {
        return new WatchEvent(type, "scaletest", name, version, created, updated, 0, "", 0);
    }
}

package dev.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.Snapshot;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RatesTest {
    private final Rates rates = new Rates();

    private static Snapshot at(long epochMillis, Map<String, Long> counters) {
        return new Snapshot("i", "1", 1, epochMillis, "b", "master", counters, Map.of(), Map.of());
    }

    @Test
    void shouldTellWhatHasGrownSinceTheSnapshotBefore() {
        rates.since(at(10_000, Map.of("a", 5L, "b", 7L)));

        assertThat(rates.since(at(12_000, Map.of("a", 2_405L, "b", 7L, "c", 4L))))
                .isEqualTo("a=1200/s c=2/s");
        assertThat(rates.since(at(13_000, Map.of("a", 2_406L, "b", 7L, "c", 4L))))
                .isEqualTo("a=1/s");
    }

    @Test
    void shouldHaveNothingToTellAtFirstOrWithoutTime() {
        assertThat(rates.since(at(10_000, Map.of("a", 5L)))).isEmpty();
        assertThat(rates.since(at(10_000, Map.of("a", 9L)))).isEmpty();
        assertThat(rates.since(at(11_000, Map.of("a", 9L)))).isEmpty();
    }
}

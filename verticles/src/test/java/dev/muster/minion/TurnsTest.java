package dev.muster.minion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Property
    void shouldGiveEveryMinionOneTurnInEachInterval(
            @ForAll long anchor,
            @ForAll @LongRange(min = 100_000_000, max = 3_600_000_000_000L) long interval,
            @ForAll @IntRange(min = 1, max = 1_000_000) int minions,
            @ForAll @IntRange(min = 0, max = 999_999) int minion,
            @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long later) {
        var turns = new Turns(anchor, interval, minions);
        long now = anchor + later;

        long turn = turns.after(minion % minions, now);

        assertThat(turn - now).isBetween(1L, interval);
        assertThat(turns.after(minion % minions, turn) - turn).isEqualTo(interval);
    }

    @Test
    void shouldSpreadTheTurnsEvenly() {
        var turns = new Turns(5, 1_000_000, 10_000);
        var perTenth = new int[10];

        for (int minion = 0; minion < 10_000; minion++) {
            perTenth[(int) ((turns.after(minion, 5) - 6) / 100_000)]++;
        }

        assertThat(Arrays.stream(perTenth).boxed()).allMatch(count -> Math.abs(count - 1_000) <= 1);
    }
}

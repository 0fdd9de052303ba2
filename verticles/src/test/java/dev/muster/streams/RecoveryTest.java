package dev.muster.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The throughput around faults on timelines whose answer is known: a slot is 100 ms. */
@Tag("smoke")
class RecoveryTest {
    private static final int END = 600;

    @Test
    void shouldTellTheThroughputBeforeAndWhenItIsBack() {
        var slots = even(100);
        Arrays.fill(slots, 200, 250, 0);
        Arrays.fill(slots, 250, 270, 50);

        var recovery = one(slots, fault(20_000, 25_000));

        assertThat(recovery.before()).isEqualTo(1_000.0);
        assertThat(recovery.lowest()).isZero();
        assertThat(recovery.nanos())
                .as("the second from 26.9 s has one slot of 50, the rest of 100")
                .isEqualTo(millis(6_900));
    }

    @Test
    void shouldTakeNinetyFivePercentForBackAndNotLess() {
        var almost = even(100);
        Arrays.fill(almost, 200, 210, 0);
        Arrays.fill(almost, 210, 300, 94);
        var enough = even(100);
        Arrays.fill(enough, 200, 210, 0);
        Arrays.fill(enough, 210, END, 95);

        assertThat(one(almost, fault(20_000, 21_000)).nanos()).isEqualTo(millis(30_000 - 20_000 - 800));
        assertThat(one(enough, fault(20_000, 21_000)).nanos()).isEqualTo(millis(1_000));
    }

    @Test
    void shouldNotTakeTheTimeBeforeALateOutageForRecovered() {
        var slots = even(100);
        Arrays.fill(slots, 300, 350, 0); // a pod that ends 10 s after it was deleted

        var recovery = one(slots, fault(20_000, 35_000));

        assertThat(recovery.nanos()).isEqualTo(millis(15_000));
    }

    @Test
    void shouldCallAFaultThatChangesNothingRecoveredAtOnce() {
        var slots = even(100);
        Arrays.fill(slots, 120, 130, 80); // as poor as ever
        Arrays.fill(slots, 400, 410, 85);

        var recovery = one(slots, fault(20_050, 30_000));

        assertThat(recovery.lowest()).isEqualTo(850.0);
        assertThat(recovery.nanos()).isZero();
    }

    @Test
    void shouldNotTellARecoveryThatDidNotComeBeforeTheEnd() {
        var slots = even(100);
        Arrays.fill(slots, 200, END, 60);

        assertThat(one(slots, fault(20_000, 20_100)).nanos()).isNull();
        assertThat(one(slots, fault(20_000, null)).nanos()).isNull();
    }

    @Test
    void shouldIgnoreWhatComesAfterTheLoad() {
        var slots = even(100);
        Arrays.fill(slots, 200, END, 0);
        var more = Arrays.copyOf(slots, END + 100);
        Arrays.fill(more, END, END + 100, 100);

        assertThat(one(more, fault(20_000, 60_500)).nanos()).isNull();
    }

    @Test
    void shouldNotMeasureWithoutASecondBefore() {
        var recovery = one(even(100), fault(900, 1_000));

        assertThat(recovery.before()).isNull();
        assertThat(recovery.nanos()).isNull();
    }

    @Test
    void shouldMeasureTheSecondOfTwoFaultsAgainstTheTimeBeforeTheFirst() {
        var slots = even(100);
        Arrays.fill(slots, 200, 250, 0);

        var both = Recovery.of(slots, END, List.of(fault(20_000, 25_000), fault(20_500, 25_000)));

        assertThat(both).extracting(Recovery::before).containsExactly(1_000.0, 1_000.0);
        assertThat(both).extracting(Recovery::nanos).containsExactly(millis(5_000), millis(4_500));
    }

    @Test
    void shouldMeasureALaterFaultAgainstTheTimeSinceTheEarlierOneIsOver() {
        var slots = even(100);
        Arrays.fill(slots, 200, 250, 0);
        Arrays.fill(slots, 250, END, 98); // one node fewer
        Arrays.fill(slots, 300, 320, 0);

        var both = Recovery.of(slots, END, List.of(fault(20_000, 25_000), fault(30_000, 32_000)));

        assertThat(both.get(1).before()).isEqualTo(980.0);
        assertThat(both.get(1).nanos()).isEqualTo(millis(2_000));
    }

    private static int[] even(int perSlot) {
        var slots = new int[END];
        Arrays.fill(slots, perSlot);
        return slots;
    }

    private static Recovery one(int[] slots, Recovery.Fault fault) {
        return Recovery.of(slots, END, List.of(fault)).get(0);
    }

    private static Recovery.Fault fault(long beganMillis, @Nullable Integer endMillis) {
        return new Recovery.Fault(millis(beganMillis), endMillis == null ? null : (Long) millis(endMillis));
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}

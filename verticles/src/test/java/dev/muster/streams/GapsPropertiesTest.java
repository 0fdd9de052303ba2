package dev.muster.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The longest time without a success around each fault, against the definition said once more, plainly. */
class GapsPropertiesTest {
    private enum Happening {
        SUCCESS,
        FAULT
    }

    /** Something that happens so long after what happened before. */
    private record Step(Happening what, long at) {}

    @Property
    void shouldFindTheLongestGapThatTouchesTheWindowOfEachFault(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 40) Integer> distances) {
        var steps = steps(distances);
        var windows = new Windows();
        var gaps = new Gaps(windows);
        gaps.begin(0);
        for (var step : steps) {
            if (step.what() == Happening.SUCCESS) {
                gaps.success(step.at());
            } else {
                windows.begin(windows.count() + 1, step.at());
            }
        }

        for (int i = 0; i < windows.count(); i++) {
            assertThat(gaps.longest(i)).as("fault " + i + " of " + steps).isEqualTo(expected(steps, i));
        }
    }

    /** Every tenth or so is a fault. */
    private static List<Step> steps(List<Integer> distances) {
        var steps = new ArrayList<Step>();
        long now = 0;
        for (int distance : distances) {
            now += distance + 1;
            steps.add(new Step(distance % 9 == 4 ? Happening.FAULT : Happening.SUCCESS, now));
        }
        return steps;
    }

    private static long expected(List<Step> steps, int fault) {
        var begins = steps.stream()
                .filter(step -> step.what() == Happening.FAULT)
                .map(Step::at)
                .toList();
        long begin = begins.get(fault);
        long end = fault + 1 < begins.size() ? begins.get(fault + 1) : Long.MAX_VALUE;
        long last = 0;
        long longest = 0;
        for (var step : steps) {
            if (step.what() == Happening.SUCCESS) {
                if (step.at() > begin && last < end) {
                    longest = Math.max(longest, step.at() - last);
                }
                last = step.at();
            }
        }
        return longest;
    }

    @Test
    void shouldTellTheTimeFromTheLastSuccessBeforeToTheFirstOneAfter() {
        var windows = new Windows();
        var gaps = new Gaps(windows);
        gaps.begin(0);
        gaps.success(90);
        windows.begin(1, 100);
        gaps.success(105); // under way when it happened
        gaps.failure();
        gaps.success(1_205);
        gaps.success(1_210);

        gaps.finish(9_000);

        assertThat(gaps.longest(0)).isEqualTo(1_100);
        assertThat(gaps.end(0)).isEqualTo(1_205);
        assertThat(gaps.isOpen(0)).isFalse();
    }

    @Test
    void shouldCountAnOutageForBothOfTwoFaultsInQuickSuccession() {
        var windows = new Windows();
        var gaps = new Gaps(windows);
        gaps.begin(0);
        gaps.success(90);
        windows.begin(1, 100);
        gaps.failure();
        windows.begin(2, 600);
        gaps.success(1_000);
        gaps.success(1_300);

        assertThat(gaps.longest(0)).isEqualTo(910);
        assertThat(gaps.longest(1)).isEqualTo(910);
    }

    @Test
    void shouldSayThatAnOutageHasNoEnd() {
        var windows = new Windows();
        var gaps = new Gaps(windows);
        gaps.begin(0);
        windows.begin(1, 100);
        gaps.success(250);
        windows.begin(2, 300);
        gaps.failure();

        gaps.finish(1_000);

        assertThat(gaps.isOpen(0))
                .as("it begins before the second fault, so it is the first one's too")
                .isTrue();
        assertThat(gaps.isOpen(1)).isTrue();
        assertThat(gaps.longest(1)).isEqualTo(750);
    }

    @Test
    void shouldNotTakeAUserWithoutWorkForOneThatIsCutOff() {
        var windows = new Windows();
        var gaps = new Gaps(windows);
        gaps.begin(0);
        gaps.success(10);
        windows.begin(1, 100);

        gaps.begin(5_000);
        gaps.success(5_020);
        gaps.failure();
        gaps.begin(7_000);
        gaps.success(7_500);

        assertThat(gaps.longest(0))
                .as("from the last success, as it failed then")
                .isEqualTo(2_480);
    }
}

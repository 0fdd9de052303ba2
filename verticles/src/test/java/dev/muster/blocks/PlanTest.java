package dev.muster.blocks;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.BlocksLoad;
import dev.muster.bus.Credential;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void shouldDrawEachCountFromNToTwiceNAsOftenAsTheOthers() {
        var load = load(20, false);

        var drawn = Stream.generate(() -> Plan.next(load, random))
                .limit(20_000)
                .collect(groupingBy(Plan::count, counting()));

        assertThat(drawn).hasSize(20);
        assertThat(drawn.keySet()).allMatch(count -> count >= 20 && count < 40);
        // 1,000 each; the standard deviation is 31
        assertThat(drawn.values()).allMatch(times -> times > 850 && times < 1_150);
    }

    @Test
    void shouldTakeExactlyNWhereThatIsAskedForOrNothingElseIsPossible() {
        assertThat(Plan.next(load(20, true), random)).isEqualTo(new Plan(500, 20, 2_000_000));
        assertThat(Plan.next(load(1, false), random).count()).isOne();
    }

    private static BlocksLoad load(long perRequest, boolean fixed) {
        return new BlocksLoad(Credential.NONE, false, 500, 2_000, perRequest, fixed, 1_000, null);
    }
}

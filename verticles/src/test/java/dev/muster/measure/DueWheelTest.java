package dev.muster.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DueWheelTest {
    private static final long TICK = 10;
    private static final long ROUND = 1024 * TICK;

    @Provide
    static Arbitrary<List<Long>> times() {
        return Arbitraries.longs().between(-50, 5 * ROUND).list().ofMinSize(1).ofMaxSize(200);
    }

    @Provide
    static Arbitrary<List<Long>> steps() {
        return Arbitraries.longs().between(0, ROUND + 500).list().ofMinSize(1).ofMaxSize(60);
    }

    @Property
    void shouldExpireEachMemberOnceAndAtTheFirstSweepATickAfterItIsDue(
            @ForAll("times") List<Long> due, @ForAll("steps") List<Long> steps, @ForAll boolean late) {
        long origin = late ? Long.MAX_VALUE - ROUND : -77; // nanoTime may run over
        var wheel = new DueWheel(due.size(), TICK, origin);
        for (int member = 0; member < due.size(); member++) {
            wheel.add(member, origin + due.get(member));
        }

        var expiredAt = new HashMap<Integer, Long>();
        var sweeps = new ArrayList<Long>();
        long now = 0;
        for (long step : steps) {
            now += step;
            sweeps.add(now);
            long time = now;
            wheel.sweep(origin + time, member -> assertThat(expiredAt.put(member, time))
                    .isNull());
        }

        for (int member = 0; member < due.size(); member++) {
            long tick = Math.max(TICK, -Math.floorDiv(-due.get(member), TICK) * TICK);
            var expected = sweeps.stream().filter(time -> time >= tick).findFirst();
            assertThat(expiredAt.get(member)).as("due %s", due.get(member)).isEqualTo(expected.orElse(null));
        }
    }

    @Property
    void shouldNeverExpireAMemberThatWasTakenOut(@ForAll("times") List<Long> due) {
        var wheel = new DueWheel(due.size(), TICK, 0);
        for (int member = 0; member < due.size(); member++) {
            wheel.add(member, due.get(member));
        }

        for (int member = 0; member < due.size(); member += 3) {
            wheel.remove(member);
            wheel.remove(member);
        }

        var expired = new ArrayList<Integer>();
        for (long now = 0; now <= 6 * ROUND; now += ROUND / 2) {
            wheel.sweep(now, expired::add);
        }
        assertThat(expired)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, due.size())
                        .filter(member -> member % 3 != 0)
                        .boxed()
                        .toList());
    }

    @Test
    void shouldTakeBackAMemberWhileItSweeps() {
        var wheel = new DueWheel(1, TICK, 0);
        var expired = new ArrayList<Long>();
        wheel.add(0, 20);

        for (long now = 0; now <= 100; now += TICK) {
            long time = now;
            wheel.sweep(now, member -> {
                expired.add(time);
                wheel.add(member, time + 30);
            });
        }

        assertThat(expired).containsExactly(20L, 50L, 80L);
    }
}

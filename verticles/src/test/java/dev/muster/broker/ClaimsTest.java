package dev.muster.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final String ID = "e";
    private static final long NOW = 1_000;

    private final Claims claims = new Claims("b");

    @Test
    void shouldStandAgainstAGreaterNameAndGiveWayToASmallerOne() {
        claims.begin(ID, NOW);

        assertThat(claims.leave(ID, "c", NOW)).isFalse();
        assertThat(claims.leave(ID, "a", NOW)).isTrue();
        assertThat(claims.leave(ID, "c", NOW))
                .as("given up once, it stands against nobody")
                .isTrue();
        assertThat(claims.take(ID)).isFalse();
    }

    @Test
    void shouldNotGiveUpWhatItHasTaken() {
        claims.begin(ID, NOW);

        assertThat(claims.take(ID)).isTrue();
        assertThat(claims.leave(ID, "a", NOW)).isFalse();
    }

    @Test
    void shouldWaitUntilTheOtherBrokerMustBeDone() {
        assertThat(claims.leave(ID, "c", NOW)).isTrue();

        assertThat(claims.begin(ID, NOW)).isEqualTo(Claims.LEFT_NANOS);
        assertThat(claims.begin("other", NOW)).isZero();
        assertThat(claims.begin(ID, NOW + Claims.LEFT_NANOS)).isZero();
        assertThat(Claims.LEFT_NANOS).isGreaterThan(Claims.LIMIT_NANOS);
    }

    @Test
    void shouldForgetWhatIsOver() {
        claims.begin(ID, NOW);
        claims.begin(ID, NOW);
        claims.end(ID);
        assertThat(claims.leave(ID, "c", NOW))
                .as("one connection still wants it")
                .isFalse();
        claims.end(ID);

        assertThat(claims.leave(ID, "c", NOW)).isTrue();
        claims.keep(ID);
        assertThat(claims.begin(ID, NOW)).isZero();
    }

    /** However their questions and answers cross each other, of some brokers that all want an engine one gets it. */
    @Property(tries = 2_000)
    void shouldGiveAnEngineToExactlyOneBroker(
            @ForAll @IntRange(min = 2, max = 5) int brokers,
            @ForAll @Size(60) List<@IntRange(min = 0, max = 999) Integer> schedule) {
        var all = new ArrayList<Simulated>();
        for (int i = 0; i < brokers; i++) {
            all.add(new Simulated("broker-" + i));
        }
        var events = new ArrayList<Runnable>();
        for (var broker : all) {
            events.add(() -> broker.want(all, events));
        }

        int step = 0;
        while (!events.isEmpty()) {
            events.remove(schedule.get(step++ % schedule.size()) % events.size())
                    .run();
        }

        assertThat(all).filteredOn(broker -> broker.seated).hasSize(1);
    }

    /** A broker to which one connection comes that wants the engine. What it left to another one it never begins to want. */
    private static final class Simulated {
        private final String name;
        private final Claims claims;
        private final Set<String> answered = new HashSet<>();
        private boolean refused;
        private boolean seated;

        Simulated(String name) {
            this.name = name;
            this.claims = new Claims(name);
        }

        void want(List<Simulated> all, List<Runnable> events) {
            if (claims.begin(ID, NOW) > 0) {
                return;
            }
            for (var other : all) {
                if (other != this) {
                    events.add(() -> {
                        boolean left = other.judge(name);
                        events.add(() -> hear(other.name, left, all.size() - 1, events));
                    });
                }
            }
        }

        private boolean judge(String asking) {
            return claims.leave(ID, asking, NOW) && !seated;
        }

        private void hear(String from, boolean left, int others, List<Runnable> events) {
            answered.add(from);
            refused |= !left;
            if (answered.size() < others) {
                return;
            }
            if (!refused && claims.take(ID)) {
                events.add(() -> {
                    seated = true;
                    claims.end(ID);
                });
            } else {
                claims.end(ID);
            }
        }
    }
}

package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.Append;
import dev.muster.bus.Appended.Outcome;
import dev.muster.bus.Appended.Result;
import dev.muster.bus.NewEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** To judge some appends together is to judge them one after another, each against what is then stored. */
class JudgementPropertiesTest {
    /** An append of events that are named by small numbers, so that they come again. */
    private record Asked(long expected, List<Integer> events) {}

    @Provide
    Arbitrary<List<List<Asked>>> groups() {
        var expected = Arbitraries.longs().between(-2, 6).map(n -> n == 6 ? Append.EXISTING : n);
        var events = Arbitraries.integers()
                .between(0, 12)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .uniqueElements();
        return Combinators.combine(expected, events)
                .as(Asked::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property(tries = 2_000)
    void shouldJudgeAGroupAsEachAfterTheOther(@ForAll("groups") List<List<Asked>> groups) {
        var stored = new ArrayList<String>();
        for (var group : groups) {
            var appends = group.stream().map(JudgementPropertiesTest::append).toList();
            var model = new ArrayList<>(stored);
            var expected = appends.stream().map(append -> apply(append, model)).toList();

            var head = new Head(stored.size() - 1L, 0, false);
            var judgement = Judgement.of(appends, head, known(stored));

            assertThat(judgement.outcomes())
                    .extracting(Outcome::result, Outcome::number)
                    .isEqualTo(expected.stream()
                            .map(outcome -> org.assertj.core.groups.Tuple.tuple(outcome.result(), outcome.number()))
                            .toList());
            assertThat(judgement.first()).isEqualTo(stored.size());
            judgement.events().forEach(event -> stored.add(event.id()));
            assertThat(stored).isEqualTo(model).doesNotHaveDuplicates();
            assertThat(judgement.head().number()).isEqualTo(stored.size() - 1L);
        }
    }

    /** A guess without a look is either what a look would have said, or not sure, or the keys refuse what it stores. */
    @Property(tries = 2_000)
    void shouldNeverBeSureOfWhatTheKeysWouldNotRefuse(
            @ForAll("groups") List<List<Asked>> groups, @ForAll byte staleness) {
        var stored = new ArrayList<String>();
        for (var group : groups) {
            var appends = group.stream().map(JudgementPropertiesTest::append).toList();
            var truth = Judgement.of(appends, new Head(stored.size() - 1L, 0, false), known(stored));
            long stale = Math.max(-1, stored.size() - 1L - Math.floorMod(staleness, 3));

            var guess = Judgement.of(appends, new Head(stale, 0, false), Map.of());

            var taken = new HashSet<>(stored);
            boolean refused = guess.first() < stored.size()
                    || guess.events().stream().anyMatch(event -> taken.contains(event.id()));
            if (guess.isSure() && !refused) {
                assertThat(guess.outcomes()).isEqualTo(truth.outcomes());
            }
            truth.events().forEach(event -> stored.add(event.id()));
        }
    }

    private static Append append(Asked asked) {
        var events = asked.events().stream()
                .map(event -> new NewEvent(new UUID(1, event).toString(), "t", true, new byte[0], new byte[0]))
                .toList();
        return new Append("s", asked.expected(), events);
    }

    private static Map<String, Long> known(List<String> stored) {
        var known = new HashMap<String, Long>();
        for (var id : stored) {
            known.put(id, (long) known.size());
        }
        return known;
    }

    /** The rules as the documentation has them, in the plainest way. */
    private static Outcome apply(Append append, List<String> stored) {
        var ids = append.events().stream().map(NewEvent::id).toList();
        long head = stored.size() - 1L;
        int at = stored.indexOf(ids.get(0));
        boolean repeated = at >= 0
                && at + ids.size() <= stored.size()
                && stored.subList(at, at + ids.size()).equals(ids);
        if (repeated && wasExpected(append.expected(), at)) {
            return new Outcome(Result.STORED, at, "");
        }
        boolean fresh = ids.stream().noneMatch(stored::contains);
        if (fresh && isExpected(append.expected(), head)) {
            stored.addAll(ids);
            return new Outcome(Result.STORED, head + 1, "");
        }
        return new Outcome(Result.WRONG_VERSION, head, "");
    }

    private static boolean isExpected(long expected, long head) {
        return expected == Append.ANY || (expected == Append.EXISTING ? head >= 0 : expected == head);
    }

    private static boolean wasExpected(long expected, int first) {
        return expected == Append.ANY || expected == Append.EXISTING || expected == first - 1;
    }
}

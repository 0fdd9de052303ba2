package dev.muster.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PhasesTest {
    @Test
    void shouldHaveTheOriginalsLagBetweenPhases() {
        // (maxPop + updates * threads + thread) / ((1 + updates) * threads)
        assertThat(Phases.lag(100, 1, 1, 0)).isEqualTo(50);
        assertThat(Phases.lag(100, 0, 4, 1)).isEqualTo(25);
        assertThat(Phases.lag(12, 2, 3, 0)).isEqualTo(1);
    }

    @Property(tries = 300)
    void shouldDoEachPhaseOfEachObjectOnceInOrderBelowThePopulation(
            @ForAll @IntRange(min = 1, max = 60) int objects,
            @ForAll @IntRange(min = 1, max = 5) int threads,
            @ForAll @IntRange(min = 0, max = 3) int updates,
            @ForAll @IntRange(min = 0, max = 40) int more) {
        int population = (1 + updates) * threads + more;
        var options = Options.driver(
                "--driver-mode=closed",
                "--driver-objects=" + objects,
                "--driver-threads=" + threads,
                "--driver-updates=" + updates,
                "--driver-max-population=" + population);
        assertThat(Driver.problems(options)).isEmpty();

        int most = 0;
        var all = new HashMap<Long, List<Verb>>();
        for (int thread = 0; thread < threads; thread++) {
            most += mostAtATime(new Phases(options, thread), all);
        }

        assertThat(most).isLessThanOrEqualTo(population);
        assertThat(all).hasSize(objects);
        var each = new ArrayList<Verb>(List.of(Verb.CREATE));
        for (int i = 0; i < updates; i++) {
            each.add(Verb.PATCH);
        }
        each.add(Verb.DELETE);
        assertThat(all.values()).allMatch(each::equals);
    }

    private static int mostAtATime(Phases worker, Map<Long, List<Verb>> all) {
        var counts = new EnumMap<Verb, Integer>(Verb.class);
        int most = 0;
        while (worker.next()) {
            counts.merge(worker.verb(), 1, Integer::sum);
            all.computeIfAbsent(worker.number(), first -> new ArrayList<>()).add(worker.verb());
            most = Math.max(most, counts.getOrDefault(Verb.CREATE, 0) - counts.getOrDefault(Verb.DELETE, 0));
        }
        return most;
    }
}

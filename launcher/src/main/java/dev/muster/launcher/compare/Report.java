package dev.muster.launcher.compare;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * All that a comparison says.
 *
 * @param comparisons each other side against the same baseline
 * @param failIfSlower what was asked not to be exceeded
 */
record Report(List<Comparison> comparisons, Optional<Percent> failIfSlower) {
    Report {
        comparisons = List.copyOf(comparisons);
    }

    /**
     * Compares all with the first.
     *
     * @param sides two or more
     * @param metrics these alone; all when empty
     */
    static Report of(List<Side> sides, Collection<String> metrics, Optional<Percent> failIfSlower) {
        var baseline = sides.get(0);
        return new Report(
                sides.stream()
                        .skip(1)
                        .map(other -> Comparison.of(baseline, other, metrics))
                        .toList(),
                failIfSlower);
    }

    /** Whether nothing is shown to be worse by more than was allowed. */
    boolean passed() {
        return comparisons.stream().allMatch(comparison -> tooSlow(comparison).isEmpty());
    }

    /** What is shown to be worse by more than was allowed. */
    List<Row> tooSlow(Comparison comparison) {
        return failIfSlower.map(comparison::worseThan).orElse(List.of());
    }
}

package dev.muster.launcher.faults;

import dev.muster.launcher.options.YamlFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * When a fault is done: {@code at: 10s}, {@code at: 10s..40s} (at random), with {@code times: 3} as often, or
 * {@code after: 500ms} behind each of the fault before it in the file.
 */
record FaultTimes(FaultValues values, SplittableRandom random) {
    private static final int MOST = 1_000;

    /**
     * In milliseconds from the load's begin.
     *
     * @param before those of the fault before it in the file
     */
    List<Long> of(List<YamlFile.Entry> entries, int line, List<Long> before) {
        var at = named(entries, "at");
        var after = named(entries, "after");
        var times = named(entries, "times");
        if (at.isPresent() == after.isPresent()) {
            values.problem(
                    line,
                    "a fault has either 'at: 10s', from the load's begin, or 'after: 500ms', from the fault"
                            + " before it in the file");
            return List.of();
        }
        if (after.isPresent()) {
            times.ifPresent(entry -> values.problem(entry, "goes with a span, such as 'at: 10s..40s'"));
            return after(after.get(), before);
        }
        return at(at.orElseThrow(), times);
    }

    private static Optional<YamlFile.Entry> named(List<YamlFile.Entry> entries, String key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    private List<Long> after(YamlFile.Entry entry, List<Long> before) {
        if (before.isEmpty()) {
            values.problem(entry, "there is no fault before it: give 'at'");
        }
        return values.text(entry).flatMap(text -> values.duration(entry, text)).stream()
                .flatMap(distance -> before.stream().map(earlier -> earlier + distance.toMillis()))
                .toList();
    }

    private List<Long> at(YamlFile.Entry entry, Optional<YamlFile.Entry> times) {
        var text = values.text(entry).orElse("0s");
        var ends = text.split("\\.\\.", -1);
        if (ends.length > 2) {
            values.problem(entry, "must be a time such as 10s, or a span such as 10s..40s, not '" + text + "'");
            return List.of();
        }
        var from = values.duration(entry, ends[0]);
        if (ends.length == 1) {
            times.ifPresent(each -> values.problem(each, "goes with a span, such as 'at: 10s..40s'"));
            return from.map(Duration::toMillis).stream().toList();
        }
        var to = values.duration(entry, ends[1]);
        long count = times.flatMap(values::number).orElse(1L);
        if (count < 1 || count > MOST) {
            values.problem(entry, "times must be 1 to " + MOST + ", not " + count);
            return List.of();
        }
        if (from.isEmpty() || to.isEmpty()) {
            return List.of();
        }
        return drawn(entry, from.get().toMillis(), to.get().toMillis(), count);
    }

    private List<Long> drawn(YamlFile.Entry entry, long from, long to, long count) {
        if (to <= from) {
            values.problem(entry, "the span's end must be behind its begin");
            return List.of();
        }
        var drawn = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            drawn.add(random.nextLong(from, to));
        }
        return drawn.stream().sorted().toList();
    }
}

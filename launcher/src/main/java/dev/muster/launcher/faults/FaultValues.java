package dev.muster.launcher.faults;

import dev.muster.faults.FaultKind;
import dev.muster.faults.FaultKind.Setting;
import dev.muster.launcher.options.Durations;
import dev.muster.launcher.options.YamlFile;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of a file of faults, each as its form wants it; what is none is told with its line. */
final class FaultValues {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final long MOST = 1_000_000_000_000L;

    private final BiConsumer<Integer, String> problems;

    /** @param problems takes the line and what is wrong in it */
    FaultValues(BiConsumer<Integer, String> problems) {
        this.problems = problems;
    }

    void problem(YamlFile.Entry entry, String problem) {
        problems.accept(entry.line(), entry.key() + ": " + problem);
    }

    void problem(int line, String problem) {
        problems.accept(line, problem);
    }

    Optional<String> text(YamlFile.Entry entry) {
        var text = entry.value().scalar().filter(some -> !some.isBlank());
        if (text.isEmpty()) {
            problem(entry, "must be one value");
        }
        return text;
    }

    Optional<Long> number(YamlFile.Entry entry) {
        var text = text(entry);
        var number = text.filter(some -> some.matches("\\d{1,12}"))
                .map(Long::parseLong)
                .filter(some -> some <= MOST);
        if (text.isPresent() && number.isEmpty()) {
            problem(entry, "must be a whole number, not '" + text.get() + "'");
        }
        return number;
    }

    Optional<Duration> duration(YamlFile.Entry entry, String text) {
        try {
            var duration = Durations.parse(text);
            if (duration.compareTo(LONGEST) <= 0) {
                return Optional.of(duration);
            }
            problem(entry, "must be at most 24h, not '" + text + "'");
        } catch (TypeConversionException e) {
            problem(entry, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /** A setting's value as the bus carries it. */
    Optional<String> of(YamlFile.Entry entry, Setting setting) {
        return switch (setting.form()) {
            case WORD -> text(entry);
            case YES_NO -> text(entry).flatMap(text -> oneOf(entry, text.toLowerCase(Locale.ROOT), "true", "false"));
            case SIGNAL -> text(entry).flatMap(text -> oneOf(entry, text.toUpperCase(Locale.ROOT), "KILL", "TERM"));
            case NUMBER -> number(entry).flatMap(count -> atLeastOne(entry, count));
            case DURATION -> text(entry).flatMap(text -> duration(entry, text)).map(FaultValues::millis);
            case DURATION_OR_NEVER ->
                text(entry)
                        .flatMap(text -> text.equals(FaultKind.NEVER)
                                ? Optional.of(text)
                                : duration(entry, text).map(FaultValues::millis));
        };
    }

    private Optional<String> oneOf(YamlFile.Entry entry, String text, String one, String other) {
        if (text.equals(one) || text.equals(other)) {
            return Optional.of(text);
        }
        problem(entry, "must be " + one + " or " + other + ", not '" + text + "'");
        return Optional.empty();
    }

    private Optional<String> atLeastOne(YamlFile.Entry entry, long count) {
        if (count >= 1 && count <= 10_000) {
            return Optional.of(String.valueOf(count));
        }
        problem(entry, "must be 1 to 10000, not " + count);
        return Optional.empty();
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}

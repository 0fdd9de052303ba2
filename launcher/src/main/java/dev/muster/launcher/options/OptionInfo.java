package dev.muster.launcher.options;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What is known of an option, for lists and schemas.
 *
 * @param name with its dashes
 * @param kind what its values are
 * @param words the values of a {@link Kind#WORD}
 * @param least the smallest value, as a user writes it
 * @param most the largest
 * @param fallback what it is when not given, as a user writes it; empty for nothing
 * @param help one sentence or two, without the default
 */
public record OptionInfo(
        String name,
        Kind kind,
        List<String> words,
        Optional<String> least,
        Optional<String> most,
        String fallback,
        String help) {
    private static final Pattern DEFAULT = Pattern.compile("\\s*\\(default: [^)]*\\)");

    /** What the values of an option are. */
    public enum Kind {
        WHOLE_NUMBER,
        DURATION,
        FLAG,
        WORD,
        TEXT
    }

    static OptionInfo of(OptionSpec option, OptionGroup group) {
        var range = Range.of(option);
        var fallback = group.defaults().get(option.longestName());
        return new OptionInfo(
                option.longestName(),
                kind(option.type()),
                words(option.type()),
                range.map(Range::least),
                range.map(Range::most),
                fallback == null ? Objects.requireNonNullElse(option.defaultValue(), "") : fallback,
                DEFAULT.matcher(String.join(" ", option.description())).replaceAll(""));
    }

    /** Its environment variable. */
    public String variable() {
        return Source.variable(name);
    }

    /** Whether its value is not for a command line, which others can read. */
    public boolean isSecret() {
        return name.endsWith("password");
    }

    private static Kind kind(Class<?> type) {
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return Kind.WHOLE_NUMBER;
        } else if (type == Duration.class) {
            return Kind.DURATION;
        } else if (type == boolean.class || type == Boolean.class) {
            return Kind.FLAG;
        }
        return type.isEnum() ? Kind.WORD : Kind.TEXT;
    }

    /** The words of an enum, as users write them. */
    static List<String> words(Class<?> type) {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(constant ->
                                constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList()
                : List.of();
    }

    /** A duration as users write it, in seconds. */
    public static double seconds(String duration) {
        return Durations.parse(duration).toNanos() / 1e9;
    }
}

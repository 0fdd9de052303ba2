package dev.muster.launcher.options;

import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The least and the most that an option may be, as a user writes them.
 */
record Range(String least, String most) {
    static Optional<Range> of(OptionSpec option) {
        return option.userObject() instanceof AnnotatedElement getter
                ? Optional.ofNullable(getter.getAnnotation(Within.class))
                        .map(within -> new Range(within.least(), within.most()))
                : Optional.empty();
    }

    boolean holds(@Nullable Object value) {
        if (value instanceof Duration duration) {
            return duration.compareTo(Durations.parse(least)) >= 0 && duration.compareTo(Durations.parse(most)) <= 0;
        }
        return !(value instanceof Number number)
                || (number.longValue() >= Long.parseLong(least) && number.longValue() <= Long.parseLong(most));
    }
}

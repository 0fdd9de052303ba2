package dev.muster.launcher.options;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/**
 * An option as its getter declares it: enough to read its text. Of the options that apply picocli makes a model of its own,
 * which takes ten times as long; to have one of all that there are would be a good part of a process's start.
 *
 * @param names with their dashes
 * @param isFlag whether it stands without a value
 * @param isMultiValue whether it may be given more than once
 * @param paramLabel what its value is called
 */
record Declared(List<String> names, boolean isFlag, boolean isMultiValue, String paramLabel) {
    /** The options of a group's interface. */
    static Stream<Declared> of(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(getter -> getter.isAnnotationPresent(Option.class))
                .map(getter -> of(getter, Objects.requireNonNull(getter.getAnnotation(Option.class))));
    }

    private static Declared of(Method getter, Option option) {
        var type = getter.getReturnType();
        return new Declared(
                List.of(option.names()),
                type == boolean.class || type == Boolean.class,
                Collection.class.isAssignableFrom(type),
                option.paramLabel().isEmpty() ? "<" + getter.getName() + ">" : option.paramLabel());
    }

    String longestName() {
        return names.stream().max(Comparator.comparingInt(String::length)).orElseThrow();
    }
}

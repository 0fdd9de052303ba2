package dev.muster.minion;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** A task's parameter that is a number of milliseconds. */
final class Millis {
    static final String RANGE = "the parameter must be milliseconds, up to 9 digits";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private Millis() {}

    static OptionalLong parse(String spec) {
        return NUMBER.matcher(spec).matches() ? OptionalLong.of(Long.parseLong(spec)) : OptionalLong.empty();
    }
}

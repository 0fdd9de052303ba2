package dev.muster.launcher.options;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Says in words what is wrong with a value that can't be converted. */
final class BadValue {
    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);
    private static final Set<Class<?>> FLAG = Set.of(boolean.class, Boolean.class);

    private BadValue() {}

    static String describe(ParameterException error) {
        var value = error.getValue();
        var type = itemType(error);
        if (type.isEnum()) {
            var words = OptionInfo.words(type);
            return "must be one of " + String.join(", ", words) + not(value) + Nearest.question("" + value, words);
        }
        if (WHOLE.contains(type)) {
            return value != null && value.matches("[+-]?\\d+")
                    ? "is out of every range: " + value
                    : "must be a whole number" + not(value);
        }
        if (FLAG.contains(type)) {
            return "must be true or false" + not(value);
        }
        return error.getCause() instanceof TypeConversionException cause
                ? String.valueOf(cause.getMessage())
                : String.valueOf(error.getMessage());
    }

    private static Class<?> itemType(ParameterException error) {
        var option = error.getArgSpec();
        var items = option.auxiliaryTypes();
        return option.isMultiValue() && items.length > 0 ? items[0] : option.type();
    }

    private static String not(@Nullable String value) {
        return value == null ? "" : ", not '" + value + "'";
    }
}

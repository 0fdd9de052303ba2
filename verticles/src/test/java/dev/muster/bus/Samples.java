package dev.muster.bus;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages of any type with something in every component, so that a new message is tested without a word. */
final class Samples {
    static final String TOKEN = "s3cret-token";

    private Samples() {}

    /**
     * A message.
     *
     * @param complete whether the components that may be absent are there
     */
    static <T extends Record> T of(Class<T> type, boolean complete) {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            boolean mayBeAbsent = isNullable(components[i].getAnnotatedType());
            values[i] = mayBeAbsent && !complete ? null : value(components[i].getGenericType(), i, complete);
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Object value(Type type, int place, boolean complete) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? List.of(value(arguments[0], place, complete), value(arguments[0], place + 1, complete))
                    : Map.of("a.b-c", value(arguments[1], place, complete));
        }
        return value((Class<?>) type, place, complete);
    }

    private static Object value(Class<?> type, int place, boolean complete) {
        if (type == Credential.class) {
            return new Credential(TOKEN);
        } else if (type == String.class) {
            return "\u00fc \"quoted\"\n" + place;
        } else if (type == long.class || type == Long.class) {
            return Long.MAX_VALUE - place;
        } else if (type == int.class || type == Integer.class) {
            return Integer.MIN_VALUE + place;
        } else if (type == double.class || type == Double.class) {
            return Math.nextUp(0.1) + place;
        } else if (type == boolean.class) {
            return true;
        } else if (type == byte[].class) {
            return new byte[] {-1, 0, 1, (byte) place};
        } else if (type.isEnum()) {
            var constants = type.getEnumConstants();
            return constants[constants.length - 1];
        }
        return of(type.asSubclass(Record.class), complete);
    }
}

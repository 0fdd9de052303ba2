package dev.muster.launcher.options;

import java.util.List;

/**
 * An option's value as text, before conversion.
 *
 * @param values one, or more for an option that takes a list
 * @param source where it came from
 */
record Setting(List<String> values, Source source) {
    Setting {
        values = List.copyOf(values);
    }
}

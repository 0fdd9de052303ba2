package dev.muster.launcher.options;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Options that apply together: the getters of one interface.
 *
 * @param owner whose they are, as help and errors say it: {@code role master}; empty for options that always apply
 * @param type the interface with picocli's annotations
 * @param defaults defaults that differ here from the annotations', by option name with its dashes
 */
public record OptionGroup(String owner, Class<?> type, Map<String, String> defaults) {
    public OptionGroup {
        defaults = Map.copyOf(defaults);
    }

    /** A group with the defaults of its annotations. */
    public static OptionGroup of(String owner, Class<?> type) {
        return new OptionGroup(owner, type, Map.of());
    }

    /** What is known of its options, in the order of their names. */
    public List<OptionInfo> infos() {
        return CommandSpec.forAnnotatedObject(type).options().stream()
                .map(option -> OptionInfo.of(option, this))
                .sorted(Comparator.comparing(OptionInfo::name))
                .toList();
    }

    /** By hand, as {@link #hashCode}: a record's own are put together at their first use, which every start would wait for. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OptionGroup that
                && type == that.type
                && owner.equals(that.owner)
                && defaults.equals(that.defaults);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    /** Its options as they are declared. */
    Stream<Declared> declared() {
        return Declared.of(type);
    }
}

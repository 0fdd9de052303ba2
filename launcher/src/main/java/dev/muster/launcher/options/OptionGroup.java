package dev.muster.launcher.options;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    /** Its options as they are declared. */
    Stream<Declared> declared() {
        return Declared.of(type);
    }
}

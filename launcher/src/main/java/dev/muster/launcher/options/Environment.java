package dev.muster.launcher.options;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads {@code MUSTER_*} variables as text. One that is no option's is only warned of: Kubernetes injects such names. An
 * empty variable counts as none.
 */
final class Environment {
    private static final Source SOURCE = new Source.Environment();

    private final Map<String, String> options;
    private final Set<String> others;
    private final Map<String, Setting> settings;
    private final List<String> warnings;

    /**
     * @param known every option by its name
     * @param others variables that are no options and yet known
     * @param settings takes what is found and not yet there
     * @param warnings takes what is odd
     */
    Environment(Map<String, Declared> known, Set<String> others, Map<String, Setting> settings, List<String> warnings) {
        this.options = known.keySet().stream().collect(Collectors.toMap(Source::variable, Function.identity()));
        this.others = others;
        this.settings = settings;
        this.warnings = warnings;
    }

    void read(Map<String, String> environment) {
        for (var variable : new TreeMap<>(environment).entrySet()) {
            var name = variable.getKey();
            if (options.containsKey(name)) {
                take(options.get(name), variable.getValue());
            } else if (name.startsWith("MUSTER_") && !others.contains(name)) {
                warnings.add(
                        name + " is no option's variable and is ignored" + Nearest.question(name, options.keySet()));
            }
        }
    }

    private void take(String option, String value) {
        if (!value.isEmpty()) {
            settings.putIfAbsent(option, new Setting(List.of(value), SOURCE));
        }
    }
}

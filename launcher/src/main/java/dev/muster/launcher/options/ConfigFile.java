package dev.muster.launcher.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads options as text from a YAML file: one mapping from option names without dashes to scalars, or to lists for
 * options that take one. Every problem names its line.
 */
final class ConfigFile {
    private final String file;
    private final YamlFile yaml;
    private final Map<String, Declared> options = new TreeMap<>();
    private final Map<String, Setting> settings;
    private final List<String> problems;

    /**
     * @param file as it was named
     * @param known every option by its name
     * @param settings takes what is found and not yet there
     * @param problems takes what is wrong
     */
    ConfigFile(String file, Map<String, Declared> known, Map<String, Setting> settings, List<String> problems) {
        this.file = file;
        this.yaml = new YamlFile(file, ConfigOption.NAME, problems::add);
        known.forEach((name, option) -> options.put(Source.key(name), option));
        options.remove(Source.key(ConfigOption.NAME));
        this.settings = settings;
        this.problems = problems;
    }

    void read() {
        yaml.read().ifPresent(root -> yaml.entries(root, "lines of 'option: value'")
                .forEach(this::readEntry));
    }

    private void readEntry(YamlFile.Entry entry) {
        var option = options.get(entry.key());
        if (option == null) {
            problems.add(yaml.place(entry.line()) + ": no such option: " + entry.key()
                    + Nearest.question(entry.key(), options.keySet()));
            return;
        }
        var source = new Source.ConfigFile(file, entry.line());
        var values = new ArrayList<String>();
        for (var item : option.isMultiValue() ? entry.value().items() : List.of(entry.value())) {
            var text = item.scalar();
            if (text.isEmpty()) {
                problems.add(source.label(option.longestName()) + ": must be "
                        + (option.isMultiValue() ? "a value or a list of values" : "one value"));
                return;
            }
            values.add(text.get());
        }
        settings.putIfAbsent(option.longestName(), new Setting(values, source));
    }
}

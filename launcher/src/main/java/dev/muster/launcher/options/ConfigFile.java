package dev.muster.launcher.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Reads options as text from a YAML file: one mapping from option names without dashes to scalars, or to lists for
 * options that take one. Every problem names its line.
 */
final class ConfigFile {
    private final String file;
    private final Map<String, OptionSpec> options = new TreeMap<>();
    private final Map<String, Setting> settings;
    private final List<String> problems;
    private final Map<String, Integer> lines = new TreeMap<>();

    /**
     * @param file as it was named
     * @param known every option by its name
     * @param settings takes what is found and not yet there
     * @param problems takes what is wrong
     */
    ConfigFile(String file, Map<String, OptionSpec> known, Map<String, Setting> settings, List<String> problems) {
        this.file = file;
        known.forEach((name, option) -> options.put(Source.key(name), option));
        options.remove(Source.key(ConfigOption.NAME));
        this.settings = settings;
        this.problems = problems;
    }

    void read() {
        try {
            var text = Files.readString(Path.of(file));
            new Compose(LoadSettings.builder().setLabel(file).build())
                    .composeString(text)
                    .ifPresent(this::readRoot);
        } catch (NoSuchFileException e) {
            problems.add("--config: there is no file " + file);
        } catch (IOException e) {
            problems.add("--config: can't read " + file + ": " + e.getMessage());
        } catch (MarkedYamlEngineException e) {
            problems.add(place(e.getProblemMark()) + ": not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(file + ": not YAML: " + e.getMessage());
        }
    }

    private void readRoot(Node root) {
        if (!(root instanceof MappingNode mapping)) {
            problems.add(place(root.getStartMark()) + ": must be lines of 'option: value'");
            return;
        }
        mapping.getValue().forEach(this::readEntry);
    }

    private void readEntry(NodeTuple entry) {
        var place = place(entry.getKeyNode().getStartMark());
        if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
            problems.add(place + ": a key must be an option's name");
            return;
        }
        var key = scalar.getValue();
        var option = options.get(key);
        if (option == null) {
            problems.add(place + ": no such option: " + key + Nearest.question(key, options.keySet()));
            return;
        }
        int line = line(entry.getKeyNode().getStartMark());
        var earlier = lines.putIfAbsent(key, line);
        if (earlier != null) {
            problems.add(place + ": " + key + " is given in line " + earlier + " already");
            return;
        }
        readValue(option, entry.getValueNode(), new Source.ConfigFile(file, line));
    }

    private void readValue(OptionSpec option, Node value, Source source) {
        var values = new ArrayList<String>();
        boolean list = value instanceof SequenceNode && option.isMultiValue();
        var nodes = list ? ((SequenceNode) value).getValue() : List.of(value);
        for (var node : nodes) {
            if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
                problems.add(source.label(option.longestName()) + ": must be "
                        + (option.isMultiValue() ? "a value or a list of values" : "one value"));
                return;
            }
            values.add(scalar.getValue());
        }
        settings.putIfAbsent(option.longestName(), new Setting(values, source));
    }

    private String place(Optional<Mark> mark) {
        return mark.map(at -> file + " line " + (at.getLine() + 1)).orElse(file);
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(at -> at.getLine() + 1).orElse(0);
    }
}

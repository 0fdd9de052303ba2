package dev.muster.launcher.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML file as text with line numbers: mappings, lists and scalars, nothing converted. What is wrong with its form is
 * told, each problem with {@code file:line}, and reading goes on.
 */
public final class YamlFile {
    private final String file;
    private final String option;
    private final Consumer<String> problems;

    /**
     * @param file as the user named it
     * @param option what named it, for the error when it can't be read; empty for a word of its own
     * @param problems takes what is wrong
     */
    public YamlFile(String file, String option, Consumer<String> problems) {
        this.file = file;
        this.option = option.isEmpty() ? "" : option + ": ";
        this.problems = problems;
    }

    /**
     * One line of a mapping.
     *
     * @param line of the key, counted from 1
     */
    public record Entry(String key, int line, Value value) {}

    /**
     * What stands behind a key, or in a list.
     *
     * @param line counted from 1
     */
    public record Value(int line, Node node) {
        /** Its text, when it is one value and not empty. */
        public Optional<String> scalar() {
            return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
                    ? Optional.of(scalar.getValue())
                    : Optional.empty();
        }

        /** Its items when it is a list, else itself alone. */
        public List<Value> items() {
            return node instanceof SequenceNode list
                    ? list.getValue().stream().map(YamlFile::value).toList()
                    : List.of(this);
        }
    }

    /** How an error names a line. */
    public String place(int line) {
        return file + ":" + line;
    }

    /** The whole of it; empty when there is nothing in it, or when it is not YAML. */
    public Optional<Value> read() {
        try {
            var text = Files.readString(Path.of(file));
            return new Compose(LoadSettings.builder().setLabel(file).build())
                    .composeString(text)
                    .map(YamlFile::value);
        } catch (NoSuchFileException e) {
            problems.accept(option + "there is no file " + file);
        } catch (IOException e) {
            problems.accept(option + "can't read " + file + ": " + e.getMessage());
        } catch (MarkedYamlEngineException e) {
            problems.accept(place(line(e.getProblemMark())) + ": not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.accept(file + ": not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    /**
     * The lines of a mapping in their order. A key that is given again is told and left out.
     *
     * @param form what it must be, for the error when it is no mapping: {@code lines of 'option: value'}
     */
    public List<Entry> entries(Value mapping, String form) {
        if (!(mapping.node() instanceof MappingNode node)) {
            problems.accept(place(mapping.line()) + ": must be " + form);
            return List.of();
        }
        var entries = new ArrayList<Entry>();
        var lines = new HashMap<String, Integer>();
        for (var tuple : node.getValue()) {
            int line = line(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.accept(place(line) + ": a key must be a word");
                continue;
            }
            var earlier = lines.putIfAbsent(key.getValue(), line);
            if (earlier == null) {
                entries.add(new Entry(key.getValue(), line, value(tuple.getValueNode())));
            } else {
                problems.accept(place(line) + ": " + key.getValue() + " is given in line " + earlier + " already");
            }
        }
        return entries;
    }

    private static Value value(Node node) {
        return new Value(line(node.getStartMark()), node);
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(at -> at.getLine() + 1).orElse(1);
    }
}

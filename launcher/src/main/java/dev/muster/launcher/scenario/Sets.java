package dev.muster.launcher.scenario;

import dev.muster.launcher.options.Written;
import dev.muster.launcher.scenario.Scenario.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code --set KEY=VALUE}, where a key is any of a scenario's: {@code repeat}, {@code boot.minions}. */
public final class Sets {
    /** The option's name. */
    public static final String OPTION = "--set";

    private static final String ORIGIN = "command line";

    private final Vocabulary vocabulary;
    private final List<String> problems;
    private final Map<String, String> texts = new HashMap<>();
    private final List<Written> values = new ArrayList<>();
    private final List<Line> thresholds = new ArrayList<>();

    private Sets(Vocabulary vocabulary, List<String> problems) {
        this.vocabulary = vocabulary;
        this.problems = problems;
    }

    /**
     * Reads all of them.
     *
     * @param sets each {@code KEY=VALUE}
     * @param problems takes what is wrong
     */
    public static Scenario read(List<String> sets, Vocabulary vocabulary, List<String> problems) {
        var reader = new Sets(vocabulary, problems);
        sets.forEach(reader::read);
        return new Scenario(vocabulary.experiment(), reader.texts, reader.values, reader.thresholds);
    }

    private void read(String set) {
        int equals = set.indexOf('=');
        if (equals < 1) {
            problems.add(OPTION + " " + set + ": must be KEY=VALUE, such as --set repeat=3");
            return;
        }
        var key = set.substring(0, equals).strip();
        var value = set.substring(equals + 1).strip();
        var label = OPTION + " " + key;
        var term = vocabulary.term(key);
        if (term.isPresent()) {
            values.add(new Written(term.get().option().name(), value, label, Written.Rank.COMMAND_LINE));
        } else if (key.equals(Vocabulary.THRESHOLDS)) {
            thresholds.add(new Line(value, ORIGIN, label));
        } else if (Vocabulary.TEXTS.contains(key)) {
            texts.put(key, value);
        } else {
            problems.add(OPTION + " " + unknown(key));
        }
    }

    private String unknown(String key) {
        var prefix = vocabulary.experiment() + ".";
        if (key.equals(Vocabulary.EXPERIMENT)) {
            return key + ": can't be set: name the experiment, or its scenario, behind run";
        }
        return key.startsWith(prefix)
                ? vocabulary.unknownInSection(key.substring(prefix.length()))
                : vocabulary.unknown(key);
    }
}

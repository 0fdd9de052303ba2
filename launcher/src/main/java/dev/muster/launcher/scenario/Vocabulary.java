package dev.muster.launcher.scenario;

import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.launcher.options.OptionInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that a scenario of one experiment may say.
 *
 * @param experiment the word behind {@code run}
 * @param question that the experiment answers
 * @param terms every key that stands for an option
 * @param catalogue the metrics that thresholds may speak of
 */
public record Vocabulary(String experiment, String question, List<Term> terms, Catalogue catalogue) {
    /** What every scenario has beside its terms. */
    static final String EXPERIMENT = "experiment";

    static final String THRESHOLDS = "thresholds";
    static final String TARGETS = "targets";

    /** What a target may be called, as a regular expression. */
    static final String TARGET_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    static final List<String> TEXTS = List.of("name", "description");

    /** The keys that mean to each experiment what it says, or nothing. */
    static final List<String> SHARED = List.of("count", "duration", "warm-up");

    public Vocabulary {
        terms = List.copyOf(terms);
    }

    /**
     * A key of a scenario that stands for an option.
     *
     * @param path {@code repeat}, or within the experiment's section {@code boot.minions}
     * @param option what it sets
     */
    public record Term(String path, OptionInfo option) {}

    /**
     * The vocabulary of an experiment.
     *
     * @param own its parameters, which are its section
     * @param shared the option that each of {@code count}, {@code duration} and {@code warm-up} sets
     * @param common options of every run that a scenario may set, under their own names
     */
    public static Vocabulary of(
            Catalogue catalogue,
            String question,
            List<OptionInfo> own,
            Map<String, String> shared,
            List<OptionInfo> common) {
        var terms = new ArrayList<Term>();
        common.forEach(option -> terms.add(new Term(key(option), option)));
        new TreeMap<>(shared).forEach((key, name) -> terms.add(new Term(key, named(own, name))));
        own.forEach(option -> terms.add(new Term(catalogue.experiment() + "." + key(option), option)));
        return new Vocabulary(catalogue.experiment(), question, terms, catalogue);
    }

    private static String key(OptionInfo option) {
        return option.name().substring("--".length());
    }

    private static OptionInfo named(List<OptionInfo> options, String name) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no option " + name));
    }

    /** The options of the experiment's own section, in the order of their names. */
    public List<OptionInfo> parameters() {
        return section().values().stream().map(Term::option).toList();
    }

    /** The options of every run that a scenario may set. */
    public List<OptionInfo> common() {
        return top().values().stream()
                .filter(term -> !SHARED.contains(term.path()))
                .map(Term::option)
                .toList();
    }

    /** The term of this path. */
    Optional<Term> term(String path) {
        return terms.stream().filter(term -> term.path().equals(path)).findFirst();
    }

    /** The terms of the experiment's own section, by their keys there. */
    Map<String, Term> section() {
        var section = new TreeMap<String, Term>();
        var prefix = experiment + ".";
        terms.stream()
                .filter(term -> term.path().startsWith(prefix))
                .forEach(term -> section.put(term.path().substring(prefix.length()), term));
        return section;
    }

    /** The terms that stand beside the section, by their keys. */
    Map<String, Term> top() {
        var top = new TreeMap<String, Term>();
        terms.stream().filter(term -> !term.path().contains(".")).forEach(term -> top.put(term.path(), term));
        return top;
    }

    /** Every key that may stand at the top of a scenario. */
    List<String> topKeys() {
        var keys = new ArrayList<>(top().keySet());
        keys.addAll(TEXTS);
        keys.addAll(List.of(EXPERIMENT, THRESHOLDS, TARGETS, experiment));
        return keys;
    }

    /** What is wrong with a key that is not in the vocabulary: with what was probably meant. */
    String unknown(String key) {
        if (SHARED.contains(key)) {
            return key + ": " + experiment + " has none; of these keys it has "
                    + String.join(
                            ", ", SHARED.stream().filter(top()::containsKey).toList());
        }
        if (section().containsKey(key)) {
            return key + ": belongs in the section of the experiment: '" + experiment + ": {" + key + ": ...}'";
        }
        return key + ": no such key" + Suggestion.of(key, topKeys(), "it has ");
    }

    /** The same of a key within the experiment's section. */
    String unknownInSection(String key) {
        if (top().containsKey(key)) {
            return experiment + "." + key + ": belongs at the top of the scenario: '" + key + ": ...'";
        }
        return experiment + "." + key + ": no such parameter"
                + Suggestion.of(key, section().keySet(), experiment + " has ");
    }
}

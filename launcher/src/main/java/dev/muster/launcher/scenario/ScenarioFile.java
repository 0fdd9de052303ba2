package dev.muster.launcher.scenario;

import dev.muster.launcher.options.Nearest;
import dev.muster.launcher.options.Written;
import dev.muster.launcher.options.YamlFile;
import dev.muster.launcher.scenario.Scenario.Line;
import dev.muster.launcher.scenario.Scenario.Target;
import dev.muster.launcher.scenario.Vocabulary.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Reads a scenario. Its keys are checked here, its values where those of the command line are; every problem names its
 * line, and reading goes on after each.
 */
public final class ScenarioFile {
    private static final String ORIGIN = "scenario";

    private final YamlFile yaml;
    private final List<Vocabulary> vocabularies;
    private final List<String> problems;
    private final Map<String, String> texts = new HashMap<>();
    private final List<Written> values = new ArrayList<>();
    private final List<Line> thresholds = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final Map<String, String> given = new HashMap<>();

    private ScenarioFile(String file, List<Vocabulary> vocabularies, List<String> problems) {
        this.yaml = new YamlFile(file, "", problems::add);
        this.vocabularies = vocabularies;
        this.problems = problems;
    }

    /**
     * Reads one.
     *
     * @param file as the user named it
     * @param vocabularies of every experiment
     * @param problems takes what is wrong
     */
    public static Scenario read(String file, List<Vocabulary> vocabularies, List<String> problems) {
        int before = problems.size();
        var reader = new ScenarioFile(file, vocabularies, problems);
        var root = reader.yaml.read();
        if (root.isEmpty() && problems.size() == before) {
            problems.add(file + ": is empty; a scenario has at least a line 'experiment: "
                    + vocabularies.get(0).experiment() + "'");
        }
        return root.map(reader::read).orElse(new Scenario("", Map.of(), List.of(), List.of()));
    }

    private Scenario read(YamlFile.Value root) {
        var entries = yaml.entries(root, "lines of 'key: value', such as 'experiment: boot'");
        var vocabulary = vocabulary(root, entries);
        vocabulary.ifPresent(known -> entries.forEach(entry -> read(entry, known)));
        targets.forEach(this::checkAlone);
        return new Scenario(vocabulary.map(Vocabulary::experiment).orElse(""), texts, values, thresholds, targets);
    }

    /** That of the experiment; when its name is misspelt, of the one that was probably meant, to check the rest. */
    private Optional<Vocabulary> vocabulary(YamlFile.Value root, List<YamlFile.Entry> entries) {
        var names = vocabularies.stream().map(Vocabulary::experiment).toList();
        var entry = entries.stream()
                .filter(each -> each.key().equals(Vocabulary.EXPERIMENT))
                .findFirst();
        if (entry.isEmpty()) {
            problems.add(yaml.place(root.line()) + ": names no experiment: add a line 'experiment: " + names.get(0)
                    + "'; there are " + String.join(", ", names));
            return onlyOne(entries);
        }
        var name = entry.get().value().scalar().orElse("");
        var found = named(name);
        if (found.isPresent()) {
            return found;
        }
        problems.add(yaml.place(entry.get().line()) + ": experiment: no such experiment"
                + (name.isEmpty() ? "" : " '" + name + "'") + Suggestion.of(name, names, "there are "));
        return Nearest.to(name, names).flatMap(this::named).or(() -> onlyOne(entries));
    }

    private Optional<Vocabulary> named(String experiment) {
        return vocabularies.stream()
                .filter(each -> each.experiment().equals(experiment))
                .findFirst();
    }

    /** The experiment that has a section here, when there is one. */
    private Optional<Vocabulary> onlyOne(List<YamlFile.Entry> entries) {
        return entries.stream().flatMap(entry -> named(entry.key()).stream()).findFirst();
    }

    private void read(YamlFile.Entry entry, Vocabulary vocabulary) {
        var key = entry.key();
        var term = vocabulary.term(key);
        if (key.equals(Vocabulary.THRESHOLDS)) {
            entry.value().items().forEach(this::readThreshold);
        } else if (key.equals(Vocabulary.TARGETS)) {
            readTargets(entry, vocabulary);
        } else if (Vocabulary.TEXTS.contains(key)) {
            scalar(entry, key).ifPresent(text -> texts.put(key, text));
        } else if (key.equals(vocabulary.experiment())) {
            readSection(entry.value(), vocabulary);
        } else if (named(key).isPresent()) {
            problem(
                    entry,
                    key + ": a section of the experiment " + key + ", and this scenario runs "
                            + vocabulary.experiment());
        } else if (term.isPresent()) {
            readValue(entry, term.get());
        } else if (!key.equals(Vocabulary.EXPERIMENT)) {
            problem(entry, vocabulary.unknown(key));
        }
    }

    private void readSection(YamlFile.Value section, Vocabulary vocabulary) {
        readSection(section, vocabulary, this::readValue);
    }

    private void readSection(YamlFile.Value section, Vocabulary vocabulary, BiConsumer<YamlFile.Entry, Term> reader) {
        var terms = vocabulary.section();
        var form = vocabulary.experiment() + "'s parameters: '{"
                + terms.keySet().iterator().next() + ": ...}'";
        for (var entry : yaml.entries(section, form)) {
            var term = terms.get(entry.key());
            if (term == null) {
                problem(entry, vocabulary.unknownInSection(entry.key()));
            } else {
                reader.accept(entry, term);
            }
        }
    }

    private void readTargets(YamlFile.Entry all, Vocabulary vocabulary) {
        var named = yaml.entries(all.value(), "a name and its parameters for each: 'NAME: {KEY: VALUE}'");
        if (named.size() < 2) {
            problem(all, Vocabulary.TARGETS + ": must be two or more, which are compared with the first one");
        }
        for (var target : named) {
            if (!target.key().matches(Vocabulary.TARGET_NAME)) {
                problem(target, target.key() + ": a target's name is of letters, digits, dots, dashes and underscores");
            }
            var own = new ArrayList<Written>();
            readSection(target.value(), vocabulary, (entry, term) -> scalar(entry, term.path())
                    .ifPresent(text -> own.add(written(entry, term, text))));
            targets.add(new Target(target.key(), own));
        }
    }

    /** What tells targets apart stands with them alone. */
    private void checkAlone(Target target) {
        for (var value : target.values()) {
            var earlier = given.get(value.option());
            if (earlier != null) {
                problems.add(value.label() + ": is given for all targets already, as " + earlier);
            }
        }
    }

    private void readValue(YamlFile.Entry entry, Term term) {
        var earlier = given.putIfAbsent(term.option().name(), term.path());
        if (earlier != null) {
            problem(entry, term.path() + ": is the same as " + earlier + ", which is given already");
            return;
        }
        scalar(entry, term.path()).ifPresent(text -> values.add(written(entry, term, text)));
    }

    private Written written(YamlFile.Entry entry, Term term, String text) {
        var label = yaml.place(entry.line()) + ": " + term.path();
        return new Written(term.option().name(), text, label, Written.Rank.SCENARIO);
    }

    private void readThreshold(YamlFile.Value item) {
        item.scalar()
                .ifPresentOrElse(
                        text -> thresholds.add(new Line(text, ORIGIN, yaml.place(item.line()) + ": thresholds")),
                        () -> problems.add(yaml.place(item.line())
                                + ": thresholds: must be a list of texts such as '- boot.lost == 0'"));
    }

    private Optional<String> scalar(YamlFile.Entry entry, String path) {
        var text = entry.value().scalar();
        if (text.isEmpty()) {
            problem(entry, path + ": must be one value");
        }
        return text;
    }

    private void problem(YamlFile.Entry entry, String problem) {
        problems.add(yaml.place(entry.line()) + ": " + problem);
    }
}

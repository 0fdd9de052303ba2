package dev.muster.launcher.service;

import dev.muster.bus.RunAnswer.Problem;
import dev.muster.bus.StartRun;
import dev.muster.launcher.options.Nearest;
import dev.muster.launcher.options.OptionInfo;
import dev.muster.launcher.run.RunCommand;
import dev.muster.launcher.scenario.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a command line of what was asked for, and says at each field what is wrong with it: what the command would. */
final class Orders {
    private static final Pattern OPTION = Pattern.compile("--([a-z][a-z0-9-]*)");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");
    private static final Path USUAL_RESULTS = Path.of("results");

    private final RunCommand command;
    private final Map<String, String> environment;
    private final Path results;

    /** @param results the parent folder of results, of which the command line tells when it is not the usual one */
    Orders(RunCommand command, Map<String, String> environment, Path results) {
        this.command = command;
        this.environment = ChildRun.environment(environment);
        this.results = results;
    }

    Order read(StartRun start) {
        var vocabulary = command.vocabularies().stream()
                .filter(each -> each.experiment().equals(start.experiment()))
                .findFirst();
        return vocabulary.map(known -> read(start, known)).orElseGet(() -> unknown(start));
    }

    private Order unknown(StartRun start) {
        var names = command.vocabularies().stream().map(Vocabulary::experiment).toList();
        var problem =
                "no such experiment among " + String.join(", ", names) + Nearest.question(start.experiment(), names);
        return new Order(start.experiment(), List.of(), Map.of(), "", List.of(new Problem("experiment", problem)));
    }

    private Order read(StartRun start, Vocabulary vocabulary) {
        var options = new LinkedHashMap<String, OptionInfo>();
        Stream.of(vocabulary.parameters(), command.beside(), vocabulary.common())
                .flatMap(List::stream)
                .forEach(option -> options.put(option.name().substring("--".length()), option));
        var problems = new ArrayList<Problem>();
        var words = new ArrayList<>(List.of("run", vocabulary.experiment()));
        var secrets = new TreeMap<String, String>();
        new TreeMap<>(start.parameters()).forEach((name, value) -> Optional.ofNullable(options.get(name))
                .ifPresentOrElse(
                        option -> {
                            if (option.isSecret()) {
                                secrets.put(option.variable(), value);
                            } else {
                                argument(option, value).ifPresent(words::add);
                            }
                        },
                        () -> problems.add(new Problem(
                                name,
                                vocabulary.experiment() + " has no such parameter"
                                        + Nearest.question(name, options.keySet())))));
        start.thresholds().forEach(threshold -> words.add("--threshold=" + threshold));
        if (!results.equals(USUAL_RESULTS)) {
            words.add("--results=" + results);
        }
        secrets.values().removeIf(String::isEmpty);
        var all = new HashMap<>(environment);
        all.putAll(secrets);
        command.problems(words, all).forEach(problem -> problems.add(located(problem)));
        return new Order(vocabulary.experiment(), words, secrets, shell(secrets.keySet(), words), problems);
    }

    /** What is as it would be anyway is not said. */
    private static Optional<String> argument(OptionInfo option, String value) {
        boolean usual = value.isEmpty()
                || value.equals(option.fallback())
                || (option.kind() == OptionInfo.Kind.FLAG && value.equals("false"));
        if (usual) {
            return Optional.empty();
        }
        boolean flag = option.kind() == OptionInfo.Kind.FLAG && value.equals("true");
        return Optional.of(flag ? option.name() : option.name() + "=" + value);
    }

    private static Problem located(String problem) {
        var option = OPTION.matcher(problem);
        if (!option.lookingAt()) {
            return new Problem("", problem);
        }
        var name = option.group(1);
        var rest = problem.substring(option.end()).replaceFirst("^[=:]\\s*", "").strip();
        return new Problem(name.equals("threshold") ? "thresholds" : name, rest);
    }

    private static String shell(Set<String> secrets, List<String> words) {
        return Stream.of(
                        secrets.stream().map(variable -> variable + "=..."),
                        Stream.of("./muster"),
                        words.stream().map(Orders::quoted))
                .flatMap(each -> each)
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

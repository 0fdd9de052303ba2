package dev.muster.launcher.compare;

import dev.muster.launcher.result.Environment;
import dev.muster.launcher.result.Result;
import dev.muster.measure.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What to know before believing a comparison: what else differs between the sides, and what is wrong with their runs. */
final class Caution {
    private static final String ABSENT = "(none)";

    private Caution() {}

    /** One line each; none when the sides are alike and sound. */
    static List<String> of(Side baseline, Side other) {
        var lines = new ArrayList<String>();
        lines.addAll(unsound(baseline));
        lines.addAll(unsound(other));
        lines.addAll(differences(baseline, other));
        lines.addAll(few(baseline, other));
        return lines;
    }

    private static List<String> unsound(Side side) {
        var lines = new ArrayList<String>();
        for (var run : side.runs()) {
            var who = side.name() + " (" + run.run() + ")";
            if (run.state() == Result.State.INTERRUPTED) {
                lines.add(who + " was interrupted: it has what there was by then");
            } else if (run.state() == Result.State.RUNNING) {
                lines.add(who + " has no end: it was killed, or still runs");
            }
            if (!run.verdict().reasons().isEmpty()) {
                lines.add(who + " is INVALID, its numbers can't be believed: "
                        + run.verdict().reasons().stream()
                                .map(Verdict.Reason::code)
                                .distinct()
                                .collect(Collectors.joining(", ")));
            }
            run.repetitions().stream()
                    .filter(repetition -> !repetition.complete())
                    .forEach(repetition -> lines.add(
                            who + " did not measure all of repetition " + repetition.number() + ": something failed"));
        }
        return lines;
    }

    /** Where the runs differ, within a side or between the two. */
    private static List<String> differences(Side baseline, Side other) {
        var before = facts(baseline);
        var after = facts(other);
        var names = new LinkedHashMap<>(before);
        after.forEach(names::putIfAbsent);
        var lines = new ArrayList<String>();
        names.keySet().forEach(name -> {
            var first = before.getOrDefault(name, ABSENT);
            var second = after.getOrDefault(name, ABSENT);
            if (!first.equals(second) || first.contains(MORE)) {
                lines.add(name + " differs: " + baseline.name() + " " + first + "; " + other.name() + " " + second);
            }
        });
        if (baseline.runs().stream().anyMatch(run -> other.runs().stream()
                .anyMatch(twin -> twin.run().equals(run.run())))) {
            lines.add("the same run is on both sides");
        }
        return lines;
    }

    private static final String MORE = " | ";

    /** What a run was made with, by name; of several runs each different text. */
    private static Map<String, String> facts(Side side) {
        var all = new LinkedHashMap<String, TreeSet<String>>();
        for (var run : side.runs()) {
            facts(run).forEach((name, text) -> all.computeIfAbsent(name, none -> new TreeSet<>())
                    .add(text));
        }
        var facts = new LinkedHashMap<String, String>();
        all.forEach((name, texts) -> facts.put(name, String.join(MORE, texts)));
        return facts;
    }

    private static Map<String, String> facts(Result run) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("experiment", run.experiment());
        run.parameters().forEach((name, text) -> facts.put("parameter " + name, text));
        facts.putAll(facts(run.environment()));
        return facts;
    }

    private static Map<String, String> facts(Environment environment) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("host", environment.host());
        facts.put("cores", String.valueOf(environment.cores()));
        facts.put("memory in bytes", String.valueOf(environment.memoryBytes()));
        facts.put("os", environment.os());
        facts.put("cpu", environment.cpu());
        facts.put("jvm", environment.jvm());
        facts.put("jvm options", String.join(" ", environment.jvmOptions()));
        facts.put("muster", environment.muster());
        environment.versions().forEach((part, version) -> facts.put("version of " + part, version));
        return facts;
    }

    private static List<String> few(Side baseline, Side other) {
        int least = Math.min(baseline.repetitions().size(), other.repetitions().size());
        return least >= Contrast.LEAST
                ? List.of()
                : List.of("no difference can be shown with "
                        + baseline.repetitions().size() + " and "
                        + other.repetitions().size() + " repetitions: " + Contrast.LEAST
                        + " of each side are needed (repeat: " + Contrast.LEAST
                        + ", or several runs of a side with commas between their folders)");
    }
}

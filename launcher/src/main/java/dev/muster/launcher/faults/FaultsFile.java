package dev.muster.launcher.faults;

import dev.muster.bus.FaultPlan;
import dev.muster.faults.FaultKind;
import dev.muster.launcher.faults.PlannedFaults.Planned;
import dev.muster.launcher.options.Nearest;
import dev.muster.launcher.options.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a file of faults. Every problem names its line, and reading goes on after each. */
public final class FaultsFile {
    private static final String OPTION = "--faults";
    private static final String FAULTS = "faults";
    private static final List<String> KEYS = List.of("seed", "kubeconfig", "context", FAULTS);
    private static final List<String> WHEN = List.of("at", "after", "times");
    private static final String FORM = "lines of 'key: value', such as 'faults: [{at: 10s, stop-process: store}]'";

    private final YamlFile yaml;
    private final String file;
    private final Consumer<String> problems;
    private final FaultValues values;

    private FaultsFile(String file, Consumer<String> problems) {
        this.file = file;
        this.problems = problems;
        this.yaml = new YamlFile(file, OPTION, problems);
        this.values = new FaultValues((line, problem) -> problems.accept(yaml.place(line) + ": " + problem));
    }

    /** A fault at a time, not numbered yet. */
    private record Draft(long atMillis, FaultKind kind, Map<String, String> settings, int line) {}

    /**
     * Reads one.
     *
     * @param file as the user named it
     * @param problems takes what is wrong
     * @return empty when something is
     */
    public static Optional<PlannedFaults> read(String file, Consumer<String> problems) {
        var told = new ArrayList<String>();
        var reader = new FaultsFile(file, told::add);
        var root = reader.yaml.read();
        if (root.isEmpty() && told.isEmpty()) {
            told.add(OPTION + ": " + file + " is empty: it has at least a line 'faults:' with a list");
        }
        var planned = root.map(reader::read);
        told.forEach(problems);
        return told.isEmpty() ? planned : Optional.empty();
    }

    private PlannedFaults read(YamlFile.Value root) {
        var keys = new TreeMap<String, YamlFile.Entry>();
        for (var entry : yaml.entries(root, FORM)) {
            if (KEYS.contains(entry.key())) {
                keys.put(entry.key(), entry);
            } else {
                problem(entry.line(), entry.key() + ": no such key" + Nearest.question(entry.key(), KEYS));
            }
        }
        long seed = Optional.ofNullable(keys.get("seed"))
                .flatMap(values::number)
                .orElseGet(() -> new SplittableRandom().nextLong(1_000_000));
        var drafts = drafts(root, Optional.ofNullable(keys.get(FAULTS)), new SplittableRandom(seed));
        return new PlannedFaults(
                file,
                seed,
                Optional.ofNullable(text(keys.get("kubeconfig"))).map(Path::of).orElse(null),
                text(keys.get("context")),
                numbered(drafts, seed));
    }

    private @Nullable String text(YamlFile.@Nullable Entry entry) {
        return entry == null ? null : values.text(entry).orElse(null);
    }

    private List<Draft> drafts(YamlFile.Value root, Optional<YamlFile.Entry> faults, SplittableRandom random) {
        var items = faults.map(entry -> entry.value().items()).orElse(List.of());
        if (items.isEmpty()) {
            problem(
                    faults.map(YamlFile.Entry::line).orElse(root.line()),
                    "faults: must be a list of at least one fault");
        }
        var all = new ArrayList<Draft>();
        List<Draft> before = List.of();
        for (var item : items) {
            before = fault(item, before, random);
            all.addAll(before);
        }
        return all;
    }

    private static List<Planned> numbered(List<Draft> drafts, long seed) {
        var sorted = new ArrayList<>(drafts);
        sorted.sort(Comparator.comparingLong(Draft::atMillis));
        var planned = new ArrayList<Planned>();
        for (var draft : sorted) {
            int number = planned.size() + 1;
            var settings = new TreeMap<>(draft.settings());
            settings.put(FaultKind.SEED, String.valueOf(seed + number));
            var fault =
                    new FaultPlan.Fault(number, draft.atMillis(), draft.kind().word(), settings);
            planned.add(new Planned(fault, draft.line()));
        }
        return planned;
    }

    private List<Draft> fault(YamlFile.Value item, List<Draft> before, SplittableRandom random) {
        var entries = yaml.entries(item, "a fault such as '{at: 10s, stop-process: store}'");
        if (entries.isEmpty()) {
            return List.of();
        }
        int line = item.line();
        var kinds = entries.stream()
                .filter(entry -> FaultKind.of(entry.key()).isPresent())
                .toList();
        var words = Arrays.stream(FaultKind.values()).map(FaultKind::word).toList();
        if (kinds.size() != 1) {
            var unknown = entries.stream()
                    .map(entry -> Nearest.question(entry.key(), words))
                    .filter(question -> !question.isEmpty())
                    .findFirst()
                    .orElse("");
            problem(line, "a fault has exactly one of " + String.join(", ", words) + unknown);
            return List.of();
        }
        var kind = FaultKind.of(kinds.get(0).key()).orElseThrow();
        var settings = settings(entries, kind, kinds.get(0));
        return new FaultTimes(values, random)
                .of(entries, line, before.stream().map(Draft::atMillis).toList()).stream()
                        .map(at -> new Draft(at, kind, settings, line))
                        .toList();
    }

    private Map<String, String> settings(List<YamlFile.Entry> entries, FaultKind kind, YamlFile.Entry target) {
        var settings = new TreeMap<String, String>();
        values.text(target).ifPresent(text -> settings.put(FaultKind.TARGET, text));
        var known = new ArrayList<>(WHEN);
        kind.settings().forEach(setting -> known.add(setting.word()));
        for (var entry : entries) {
            var setting = kind.settings().stream()
                    .filter(each -> each.word().equals(entry.key()))
                    .findFirst();
            if (setting.isPresent()) {
                values.of(entry, setting.get()).ifPresent(text -> settings.put(entry.key(), text));
            } else if (!entry.key().equals(target.key()) && !WHEN.contains(entry.key())) {
                problem(
                        entry.line(),
                        entry.key() + ": " + kind.word() + " has no such key" + Nearest.question(entry.key(), known));
            }
        }
        kind.problem(settings).ifPresent(problem -> problem(target.line(), problem));
        return settings;
    }

    private void problem(int line, String problem) {
        problems.accept(yaml.place(line) + ": " + problem);
    }
}

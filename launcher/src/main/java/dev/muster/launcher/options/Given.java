package dev.muster.launcher.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a user gave, as text, from all sources. It is read before anything is converted, because the value of one option
 * ({@code --role}) decides which others apply; {@link #bind} then converts.
 *
 * <p>On the command line an option that does not apply is an error. In the environment and in the file it is left alone,
 * so that several processes can share them.
 */
public final class Given {
    private final Map<String, Declared> known = new TreeMap<>();
    private final Map<String, String> owners = new TreeMap<>();
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final List<String> words;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * Reads all sources.
     *
     * @param groups every option that there is, whether it will apply or not
     * @param otherVariables variables named {@code MUSTER_*} that are no options and yet known
     * @param arguments the command line
     * @param environment all variables
     */
    public Given(
            Collection<OptionGroup> groups,
            Set<String> otherVariables,
            List<String> arguments,
            Map<String, String> environment) {
        for (var group : groups) {
            group.declared().forEach(option -> {
                known.put(option.longestName(), option);
                owners.put(option.longestName(), group.owner());
            });
        }
        this.words = List.copyOf(new Arguments(known.values(), settings, problems).read(arguments));
        new Environment(known, otherVariables, settings, warnings).read(environment);
        text(ConfigOption.NAME).ifPresent(file -> new ConfigFile(file, known, settings, problems).read());
    }

    /** Arguments that are no options, in their order. */
    public List<String> words() {
        return words;
    }

    /** The text that was given for an option. */
    public Optional<String> text(String option) {
        return Optional.ofNullable(settings.get(option)).map(setting -> String.join(",", setting.values()));
    }

    /** The text that was given for an option that takes a list, split at commas; empty when it was not given. */
    public List<String> list(String option) {
        return text(option).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .toList();
    }

    /** Whether a flag was given, and not as false. */
    public boolean flag(String option) {
        return text(option).filter(Boolean::parseBoolean).isPresent();
    }

    /** How an error names the option, so that the user finds the value: with its variable, or its file and line. */
    public String label(String option) {
        var setting = settings.get(option);
        return setting == null ? option : setting.source().label(option);
    }

    /** A problem that begins with an option's name, told with the place that its value came from. */
    String tell(String option, String problem) {
        var setting = settings.get(option);
        return setting == null ? problem : setting.source().tell(option, problem);
    }

    /**
     * Takes values that stand elsewhere: those of the command line's rank first, then those of a scenario. One that is
     * given on the command line already is a problem for the first, and no matter for the second.
     */
    public void take(Collection<Written> values) {
        for (var value : values) {
            var earlier = settings.get(value.option());
            if (earlier == null || !earlier.source().isCommandLine()) {
                var source = new Source.Elsewhere(value.label(), value.rank());
                settings.put(value.option(), new Setting(List.of(value.value()), source));
            } else if (value.rank() == Written.Rank.COMMAND_LINE) {
                problems.add(value.label() + ": is given as " + label(value.option()) + " already");
            }
        }
    }

    /** The texts that were given for an option, each as it was given; empty when it was not. */
    public List<String> texts(String option) {
        return Optional.ofNullable(settings.get(option)).map(Setting::values).orElse(List.of());
    }

    /** In a word or two, where the option was given: {@code command line}; empty when it was not. */
    public String origin(String option) {
        var setting = settings.get(option);
        return setting == null ? "" : setting.source().origin();
    }

    /** Whether it was given on the command line, in whatever way. */
    public boolean isOnCommandLine(String option) {
        var setting = settings.get(option);
        return setting != null && setting.source().isCommandLine();
    }

    /** What is worth a warning, one line each. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Converts the options that apply. Every problem so far is in the result. */
    public Options bind(Collection<OptionGroup> chosen) {
        var options = new Options(chosen, this, problems);
        settings.forEach((option, setting) -> {
            if (options.applies(option)) {
                options.give(option, setting);
            } else if (setting.source() instanceof Source.CommandLine) {
                options.problem(option + ": an option of the " + owners.get(option) + ", which is not chosen");
            }
        });
        options.convert();
        return options;
    }
}

package dev.muster.launcher.options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The converted options of an invocation, and all that is wrong with them. A value that could not be converted is left
 * at its default, so that the other checks can still be made and everything be told at once.
 */
public final class Options {
    private final CommandLine command;
    private final Given given;
    private final Map<Class<?>, Object> instances = new HashMap<>();
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final List<String> problems;

    Options(Collection<OptionGroup> groups, Given given, List<String> problems) {
        this.command = command(groups, instances);
        this.given = given;
        this.problems = new ArrayList<>(problems);
    }

    /** The spec of some groups, with their own defaults. */
    static CommandLine command(Collection<OptionGroup> groups) {
        return command(groups, new HashMap<>());
    }

    private static CommandLine command(Collection<OptionGroup> groups, Map<Class<?>, Object> instances) {
        var root = CommandSpec.create();
        var defaults = new HashMap<String, String>();
        for (var group : groups) {
            if (!instances.containsKey(group.type())) {
                var mixin = CommandSpec.forAnnotatedObject(group.type());
                // Experiments have options of the same name. Of all of them none is run, and the first one's is enough.
                mixin.options().stream()
                        .filter(option -> root.findOption(option.longestName()) != null)
                        .toList()
                        .forEach(mixin::remove);
                root.addMixin(group.type().getName(), mixin);
                instances.put(group.type(), mixin.userObject());
            }
            defaults.putAll(group.defaults());
        }
        root.defaultValueProvider(argument -> ownDefault(argument, defaults));
        return new CommandLine(root)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .registerConverter(Duration.class, Durations::parse);
    }

    @SuppressWarnings("NullAway") // picocli reads null as "the annotation's default", and says so nowhere
    private static @Nullable String ownDefault(ArgSpec argument, Map<String, String> defaults) {
        return argument instanceof OptionSpec option ? defaults.get(option.longestName()) : null;
    }

    /** Whether the option belongs to a chosen group. */
    public boolean applies(String option) {
        return command.getCommandSpec().findOption(option) != null;
    }

    /**
     * The values of one group's interface.
     *
     * @throws IllegalArgumentException if the group was not chosen
     */
    public <T> T of(Class<T> type) {
        var instance = instances.get(type);
        if (instance == null) {
            throw new IllegalArgumentException("not among the chosen options: " + type.getName());
        }
        return type.cast(instance);
    }

    /** The value of a number option that applies, such as a port. */
    public int number(String option) {
        return (int) spec(option).getValue();
    }

    /** Whether the user gave the option, in any way. */
    public boolean isGiven(String option) {
        return settings.containsKey(option);
    }

    /** Replaces the value of an option that applies: what the launcher knows better than a default. */
    public void set(String option, Object value) {
        spec(option).setValue(value);
    }

    /** Notes a problem that another check found. */
    public void problem(String problem) {
        problems.add(problem);
    }

    /**
     * Notes problems that begin with an option's name; where the value did not come from the command line, they are told
     * with the place it came from.
     */
    public void problems(Collection<String> found) {
        for (var problem : found) {
            problems.add(given.tell(problem.split("[ :=]", 2)[0], problem));
        }
    }

    /** Everything wrong, one line each, in the order found. No line shows a password. */
    public List<String> problems() {
        return problems.stream().map(Options::withoutPassword).distinct().toList();
    }

    private static String withoutPassword(String line) {
        return line.replaceAll("://\\S*@", "://***@");
    }

    private OptionSpec spec(String option) {
        var spec = command.getCommandSpec().findOption(option);
        if (spec == null) {
            throw new IllegalArgumentException("no such option here: " + option);
        }
        return spec;
    }

    void give(String option, Setting setting) {
        settings.put(option, setting);
    }

    /** Converts all. Each pass finds one bad value, notes it and leaves it out of the next. */
    void convert() {
        var left = new LinkedHashMap<>(settings);
        while (true) {
            try {
                command.parseArgs(arguments(left));
                left.forEach(this::checkRange);
                return;
            } catch (ParameterException e) {
                if (!(e.getArgSpec() instanceof OptionSpec option)) {
                    throw e;
                }
                problems.add(given.label(option.longestName()) + ": " + BadValue.describe(e));
                left.remove(option.longestName());
            }
        }
    }

    private void checkRange(String option, Setting setting) {
        var spec = spec(option);
        Range.of(spec)
                .filter(range -> !range.holds(spec.getValue()))
                .ifPresent(range -> problems.add(given.label(option) + " must be " + range.least() + " to "
                        + range.most() + ", not " + String.join(",", setting.values())));
    }

    private static String[] arguments(Map<String, Setting> settings) {
        var arguments = new ArrayList<String>();
        settings.forEach((option, setting) -> setting.values().forEach(value -> arguments.add(option + "=" + value)));
        return arguments.toArray(String[]::new);
    }
}

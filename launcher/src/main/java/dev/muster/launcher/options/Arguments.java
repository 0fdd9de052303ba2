package dev.muster.launcher.options;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the command line as text, with no conversion yet: which values apply is known only when the roles are. Takes
 * {@code --name=value}, {@code --name value}, {@code -n value}, {@code -nvalue}, a flag alone or with a value, and
 * {@code --} before words.
 *
 * <p>An unknown option is told without its value, which may be a secret behind a misspelt name.
 */
final class Arguments {
    private static final Source SOURCE = new Source.CommandLine();

    private final Map<String, Declared> byName = new HashMap<>();
    private final Map<String, Setting> settings;
    private final List<String> problems;
    private final List<String> words = new ArrayList<>();

    /**
     * @param known every option
     * @param settings takes what is found
     * @param problems takes what is wrong
     */
    Arguments(Collection<Declared> known, Map<String, Setting> settings, List<String> problems) {
        for (var option : known) {
            for (var name : option.names()) {
                byName.put(name, option);
            }
        }
        this.settings = settings;
        this.problems = problems;
    }

    /**
     * Reads all arguments.
     *
     * @return the words that are no options, in their order
     */
    List<String> read(List<String> arguments) {
        var left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            var argument = left.pop();
            if (argument.equals("--")) {
                words.addAll(left);
                break;
            }
            if (isOption(argument)) {
                readOption(argument, left);
            } else {
                words.add(argument);
            }
        }
        return words;
    }

    private static boolean isOption(String argument) {
        return argument.length() > 1 && argument.startsWith("-");
    }

    private void readOption(String argument, Deque<String> left) {
        int equals = argument.indexOf('=');
        var name = equals < 0 ? argument : argument.substring(0, equals);
        var value = equals < 0 ? null : argument.substring(equals + 1);
        var option = byName.get(name);
        if (option == null && !argument.startsWith("--")) {
            option = byName.get(argument.substring(0, 2)); // -v3
            value = option == null ? value : argument.substring(2);
        }
        if (option == null) {
            unknown(name, value, left);
        } else if (option.isFlag()) {
            take(option, value == null ? "true" : value);
        } else if (value == null && (left.isEmpty() || isOption(left.peek()))) {
            problems.add(option.longestName() + ": needs a value; write " + option.longestName() + "="
                    + option.paramLabel());
        } else {
            take(option, value == null ? left.pop() : value);
        }
    }

    /** What follows an unknown option without {@code =} counts as its value. */
    private void unknown(String name, @Nullable String value, Deque<String> left) {
        var names = new TreeSet<>(byName.keySet());
        names.addAll(List.of("--help", "--version"));
        problems.add(name + ": no such option" + Nearest.question(name, names));
        if (value == null && !left.isEmpty() && !isOption(left.peek())) {
            left.pop();
        }
    }

    private void take(Declared option, String value) {
        var name = option.longestName();
        var earlier = settings.get(name);
        if (earlier == null) {
            settings.put(name, new Setting(List.of(value), SOURCE));
        } else if (option.isMultiValue()) {
            var all = new ArrayList<>(earlier.values());
            all.add(value);
            settings.put(name, new Setting(all, SOURCE));
        } else {
            problems.add(name + ": is given more than once");
        }
    }
}

package dev.muster.launcher.options;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;

/**
 * Reads the command line as text, with no conversion yet: which values apply is known only when the roles are.
 *
 * <p>An unknown option is told without its value, which may be a secret behind a misspelt name.
 */
final class Arguments {
    private static final Source SOURCE = new Source.CommandLine();

    private final Map<String, OptionSpec> known;
    private final Map<String, Setting> settings;
    private final List<String> words = new ArrayList<>();
    private final List<String> problems;

    /**
     * @param known every option by its name
     * @param settings takes what is found
     * @param problems takes what is wrong
     */
    Arguments(Map<String, OptionSpec> known, Map<String, Setting> settings, List<String> problems) {
        this.known = known;
        this.settings = settings;
        this.problems = problems;
    }

    /**
     * Reads all arguments.
     *
     * @return the words that are no options, in their order
     */
    List<String> read(List<String> arguments) {
        var parsed = parser().parseArgs(arguments.toArray(String[]::new));
        for (var option : parsed.matchedOptions()) {
            settings.putIfAbsent(option.longestName(), new Setting(option.originalStringValues(), SOURCE));
        }
        parsed.errors().forEach(error -> problems.add(describe(error)));
        sort(parsed.unmatched());
        return words;
    }

    private CommandLine parser() {
        var spec = CommandSpec.create();
        known.values().forEach(option -> spec.addOption(textual(option)));
        spec.parser()
                .collectErrors(true)
                .unmatchedArgumentsAllowed(true)
                .unmatchedOptionsAllowedAsOptionParameters(false);
        return new CommandLine(spec).setExpandAtFiles(false);
    }

    private static OptionSpec textual(OptionSpec option) {
        var textual = OptionSpec.builder(option.names()).paramLabel(option.paramLabel());
        if (isFlag(option)) {
            return textual.type(boolean.class).build();
        }
        return option.isMultiValue()
                ? textual.type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .build()
                : textual.type(String.class).arity("1").build();
    }

    private static boolean isFlag(OptionSpec option) {
        return option.arity().max() == 0;
    }

    private static String describe(Exception error) {
        if (error instanceof MissingParameterException missing
                && missing.getMissing().get(0) instanceof OptionSpec o) {
            return o.longestName() + ": needs a value; write " + o.longestName() + "=" + o.paramLabel();
        }
        if (error instanceof OverwrittenOptionException twice && twice.getOverwritten() instanceof OptionSpec o) {
            return o.longestName() + ": is given more than once";
        }
        if (error instanceof ParameterException bad && bad.getArgSpec() instanceof OptionSpec o) {
            return o.longestName() + ": " + BadValue.describe(bad);
        }
        return String.valueOf(error.getMessage());
    }

    /** Tells unknown options from words. What follows an unknown option without {@code =} counts as its value. */
    private void sort(Collection<String> unmatched) {
        boolean value = false;
        for (var word : unmatched) {
            if (word.startsWith("-")) {
                unknown(word);
                value = !word.contains("=");
            } else if (value) {
                value = false;
            } else {
                words.add(word);
            }
        }
    }

    private void unknown(String word) {
        var name = word.replaceFirst("=.*", "");
        problems.add(name + ": no such option" + Nearest.question(name, known.keySet()));
    }
}

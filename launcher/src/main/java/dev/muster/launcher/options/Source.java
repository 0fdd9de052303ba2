package dev.muster.launcher.options;

import java.util.Locale;

/** Where a value came from, to be named in an error about it. */
sealed interface Source {
    /** What a user finds there: the option, the variable, or the key with its line. */
    String label(String option);

    /** A problem that begins with the option's name, told so that the user finds the value. */
    default String tell(String option, String problem) {
        var label = label(option);
        return label.equals(option) ? problem : problem + " (" + label + ")";
    }

    /** In a word or two, where that is. */
    String origin();

    /** The environment variable of an option: {@code MUSTER_MASTER_PORT}. */
    static String variable(String option) {
        return "MUSTER_" + key(option).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The key of an option in a configuration file: {@code master-port}. */
    static String key(String option) {
        return option.replaceFirst("^-+", "");
    }

    /** Given as an argument. */
    record CommandLine() implements Source {
        @Override
        public String label(String option) {
            return option;
        }

        @Override
        public String origin() {
            return "command line";
        }
    }

    /** Given as an environment variable. */
    record Environment() implements Source {
        @Override
        public String label(String option) {
            return variable(option) + " in the environment";
        }

        @Override
        public String origin() {
            return "environment";
        }
    }

    /**
     * Given in the file of {@code --config}.
     *
     * @param file as it was named
     * @param line counted from 1
     */
    record ConfigFile(String file, int line) implements Source {
        @Override
        public String label(String option) {
            return file + ":" + line + ": " + key(option);
        }

        @Override
        public String origin() {
            return file;
        }
    }

    /**
     * Given under another name.
     *
     * @param label of the value itself
     */
    record Elsewhere(String label, Written.Rank rank) implements Source {
        @Override
        public String label(String option) {
            return label;
        }

        @Override
        public String tell(String option, String problem) {
            return label + problem.substring(option.length());
        }

        @Override
        public String origin() {
            return rank == Written.Rank.SCENARIO ? "scenario" : "command line";
        }
    }

    /** Whether nothing wins over a value from here. */
    default boolean isCommandLine() {
        return this instanceof CommandLine
                || (this instanceof Elsewhere elsewhere && elsewhere.rank() == Written.Rank.COMMAND_LINE);
    }
}

package dev.muster.launcher.options;

import java.util.Locale;

/** Where a value came from, to be named in an error about it. */
sealed interface Source {
    /** What a user finds there: the option, the variable, or the key with its line. */
    String label(String option);

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
    }

    /** Given as an environment variable. */
    record Environment() implements Source {
        @Override
        public String label(String option) {
            return variable(option) + " in the environment";
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
            return key(option) + " in " + file + " line " + line;
        }
    }
}

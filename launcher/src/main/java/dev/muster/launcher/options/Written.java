package dev.muster.launcher.options;

/**
 * A value that stands elsewhere, under another name than its option's.
 *
 * @param option with its dashes
 * @param value as text
 * @param label how an error names it, so that the user finds it: {@code my.yaml:3: boot.minions}
 * @param rank what it wins over
 */
public record Written(String option, String value, String label, Rank rank) {
    /** What a value wins over. */
    public enum Rank {
        /** As one given on the command line under the option's own name, beside which it can't stand. */
        COMMAND_LINE,
        /** Less than the command line, more than the environment and the file of {@code --config}. */
        SCENARIO
    }
}

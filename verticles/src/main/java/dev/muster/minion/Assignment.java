package dev.muster.minion;

import dev.muster.bus.TaskKind;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the master answered to a question for a task: one line {@code TASK KIND TIMEOUT_MS SPEC}, or something that can't
 * be done.
 */
sealed interface Assignment {
    /**
     * Work.
     *
     * @param number the task's number
     * @param kind what to do
     * @param timeoutMillis when to give up
     * @param spec the kind's parameter
     */
    record Task(long number, TaskKind kind, long timeoutMillis, String spec) implements Assignment {}

    /**
     * Not a task that a minion understands.
     *
     * @param number the task's number, when it has one: then its failure can be reported
     * @param reason for the report
     */
    record Malformed(Optional<Long> number, String reason) implements Assignment {}

    /** The longest time-out that a minion takes on. */
    long MOST_TIMEOUT_MILLIS = 3_600_000;

    /** Reads the first line; never fails. */
    static Assignment parse(String answer) {
        var line = answer.lines().findFirst().orElse("").strip();
        var head = Grammar.HEAD.matcher(line);
        if (!head.lookingAt()) {
            return new Malformed(Optional.empty(), "the task has no number");
        }
        var number = Optional.of(Long.parseLong(head.group(1)));
        var words = Grammar.LINE.matcher(line);
        if (!words.matches()) {
            return new Malformed(number, "a task is NUMBER KIND TIMEOUT_MS SPEC");
        }
        var kind = TaskKind.of(words.group("kind"));
        if (kind.isEmpty()) {
            return new Malformed(number, "this minion does not know the kind of task");
        }
        long timeout = Long.parseLong(words.group("timeout"));
        if (timeout < 1 || timeout > MOST_TIMEOUT_MILLIS) {
            return new Malformed(number, "the time-out must be 1 to " + MOST_TIMEOUT_MILLIS + " ms");
        }
        return new Task(number.get(), kind.get(), timeout, words.group("spec"));
    }

    /** What a task looks like. */
    final class Grammar {
        private static final Pattern HEAD = Pattern.compile("([0-9]{1,18})\\b");
        private static final Pattern LINE =
                Pattern.compile("[0-9]+ +(?<kind>\\S+) +(?<timeout>[0-9]{1,18}) +(?<spec>\\S+)");

        private Grammar() {}
    }
}

package dev.muster.launcher.command;

import java.util.List;

/** The options are wrong. Carries every problem, one line each, for the user to read. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    public UsageException(List<String> problems) {
        super(String.join("; ", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** One line each. */
    public List<String> problems() {
        return problems;
    }
}

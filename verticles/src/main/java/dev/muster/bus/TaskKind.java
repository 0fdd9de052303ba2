package dev.muster.bus;

import java.util.Locale;
import java.util.Optional;

/** What a minion can be asked to do, and what the task's parameter means. */
public enum TaskKind {
    /** GET a URL; done when the status is below 400. */
    HTTP,
    /** Connect to HOST:PORT. */
    TCP,
    /** Resolve a host name. */
    DNS,
    /** Burn so many milliseconds of CPU time. */
    CPU,
    /** Sleep so many milliseconds. */
    SLEEP;

    /** The kind as the protocol spells it: {@code http}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind that the protocol spells so, if there is one. */
    public static Optional<TaskKind> of(String word) {
        for (var kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}

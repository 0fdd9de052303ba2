package dev.muster.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives minions work (admin). The minions are chosen once, among those registered now: by id, or the first so many, or
 * all.
 *
 * @param credential proves that the sender may
 * @param kind what to do
 * @param spec the URL, the host and port, the host, or the milliseconds, as {@code kind} says
 * @param timeoutMillis when a minion gives up and reports a failure
 * @param run only minions of this run; null for all
 * @param count at most so many minions; null for all
 * @param ids exactly these minions; empty for any
 */
public record CreateTask(
        Credential credential,
        TaskKind kind,
        String spec,
        long timeoutMillis,
        @Nullable String run,
        @Nullable Long count,
        List<String> ids)
        implements Message {
    public CreateTask {
        ids = List.copyOf(ids);
    }
}

package dev.muster.bus;

import java.util.Map;

/**
 * Tells every instance of a role what to do (admin).
 *
 * @param credential proves that the sender may
 * @param action what to do
 * @param parameters what the action needs, as the role documents it
 */
public record Command(Credential credential, Action action, Map<String, String> parameters) implements Message {
    /** What a role can be told. A role answers one that it does not know with {@link Failure#BAD_REQUEST}. */
    public enum Action {
        START,
        STOP,
        DO_WORK,
        KILL
    }

    public Command {
        parameters = Map.copyOf(parameters);
    }
}

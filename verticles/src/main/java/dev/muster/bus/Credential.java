package dev.muster.bus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The admin token that a message carries, or that a process was started with. It never shows in a log.
 *
 * @param token null when there is none
 */
public record Credential(@Nullable String token) {
    /** No token. */
    public static final Credential NONE = new Credential(null);

    /**
     * Whether a message with the given credential may command this process, which holds this one. Compares in constant
     * time. A process without a token takes commands from anyone who can reach its bus.
     */
    public boolean admits(Credential other) {
        if (token == null) {
            return true;
        }
        var given = other.token == null ? "" : other.token;
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return token == null ? "Credential[none]" : "Credential[***]";
    }
}

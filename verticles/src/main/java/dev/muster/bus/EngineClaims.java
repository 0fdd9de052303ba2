package dev.muster.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A broker is about to take these engines, and asks another one whether it may.
 *
 * @param broker the one that asks
 */
public record EngineClaims(String broker, List<Claim> claims) implements Message {
    public EngineClaims {
        claims = List.copyOf(claims);
    }

    /**
     * One engine.
     *
     * @param token that it showed, by which it gets its place back from the broker that gave it; null without one
     */
    public record Claim(String id, @Nullable Long token) {
        /** Without the token, which is a secret of engine and broker. */
        @Override
        public String toString() {
            return "Claim[id=" + id + "]";
        }
    }
}

package dev.muster.stress;

import dev.muster.http.Params;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for.
 *
 * @param seconds for how long
 * @param cores threads
 * @param load percent of a core for each of them
 */
record Demand(long seconds, int cores, double load, Kind kind) {
    private static final long MOST_SECONDS = 86_400;
    private static final long MOST_CORES = 256;
    private static final long A_MINUTE = 60;
    private static final double LEAST_LOAD = 1;
    private static final double FULL = 100;

    /** From the parameters of a request; notes every problem in them. */
    static Demand of(Params params) {
        var seconds = params.number("seconds", 1, MOST_SECONDS);
        var cores = params.number("cores", 1, MOST_CORES);
        var load = params.decimal("load", LEAST_LOAD, FULL);
        return new Demand(
                seconds == null ? A_MINUTE : seconds,
                cores == null ? 1 : cores.intValue(),
                load == null ? FULL : load,
                kind(params, params.text("kind", 20)));
    }

    private static Kind kind(Params params, @Nullable String word) {
        if (word == null) {
            return Kind.FLOAT;
        }
        return Kind.of(word).orElseGet(() -> {
            params.problem(
                    "kind must be one of " + String.join(", ", Kind.words()) + ", not '" + Params.shown(word) + "'");
            return Kind.FLOAT;
        });
    }

    /** Cores that all threads together want. */
    double wanted() {
        return cores * load / FULL;
    }
}

package dev.muster.master;

import dev.muster.http.Params;
import org.jspecify.annotations.Nullable;

/** What minions and runs may be called: letters, digits, and {@code . _ : -}. */
final class MinionId {
    /** Characters of a minion's id. */
    static final int MAX = 128;

    /** Characters of a run's id. */
    static final int MAX_RUN = 64;

    private MinionId() {}

    /** The minion's id; a problem is noted when it is missing or wrong. */
    static String required(Params params) {
        var id = of(params, "minion_id", MAX);
        if (id == null && (params.raw("minion_id") == null || "".equals(params.raw("minion_id")))) {
            params.problem("minion_id is missing: give 1 to " + MAX + " of A-Z a-z 0-9 . _ : -");
        }
        return id == null ? "" : id;
    }

    /** The run's id, empty when none is given. */
    static String run(Params params) {
        var run = of(params, "run", MAX_RUN);
        return run == null ? "" : run;
    }

    private static @Nullable String of(Params params, String name, int most) {
        var value = params.text(name, most);
        if (value != null && !isSane(value)) {
            params.problem(name + " may hold A-Z a-z 0-9 . _ : - alone, not '" + Params.shown(value) + "'");
            return null;
        }
        return value;
    }

    private static boolean isSane(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            if (!letter && !digit && c != '.' && c != '_' && c != ':' && c != '-') {
                return false;
            }
        }
        return true;
    }
}

package dev.muster.minion;

import java.util.regex.Pattern;

/** The form of the ids of minions and runs, as the master takes them. */
final class MinionId {
    static final int MOST = 128;
    static final String RANGE = "1 to " + MOST + " characters of A-Z a-z 0-9 . _ : -";
    static final String RUN_RANGE = "up to 64 characters of A-Z a-z 0-9 . _ : -";

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._:-]{1," + MOST + "}");
    private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9._:-]");

    private MinionId() {}

    /** The id of the minion with this number. */
    static String of(String prefix, int minion) {
        return prefix + '-' + minion;
    }

    /** Whether a minion can be called so. */
    static boolean allowed(String id) {
        return ALLOWED.matcher(id).matches();
    }

    /** Whether a run can be called so. */
    static boolean isRun(String run) {
        return RUN.matcher(run).matches();
    }

    /** The text with every foreign character replaced, and so short that any number fits behind it. */
    static String clean(String text) {
        var cleaned = FOREIGN.matcher(text).replaceAll("-");
        return cleaned.substring(0, Math.min(cleaned.length(), MOST - 11));
    }
}

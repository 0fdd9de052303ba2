package dev.muster.broker;

import dev.muster.http.Params;
import org.jspecify.annotations.Nullable;

/**
 * A command to engines as a user gives it, over HTTP or over the bus.
 *
 * @param command the text of v1
 * @param engine the one that is meant; null for all, or a share of them
 * @param share of all, in percent
 * @param waits for confirmations
 */
record Wanted(String command, @Nullable String engine, double share, boolean waits) {
    private static final int WORK_MILLIS = 50_000;
    private static final int LAST_CODE = 255;

    /** To burn CPU. Throws with every parameter that is wrong. */
    static Wanted work(Params params) {
        var millis = params.number("time", 0, Wire.MAX_WORK_MILLIS);
        return of("DOWORK:" + (millis == null ? WORK_MILLIS : millis), params);
    }

    /** To end. Throws with every parameter that is wrong. */
    static Wanted kill(Params params) {
        var code = params.number("code", 0, LAST_CODE);
        return of("KILL:" + (code == null ? 0 : code), params);
    }

    private static Wanted of(String command, Params params) {
        var engine = params.text("engine", Wire.MAX_ID);
        var share = share(params);
        var wait = params.text("wait", 5);
        if (wait != null && !wait.equals("true") && !wait.equals("false")) {
            params.problem("wait must be true or false");
        }
        params.check();
        return new Wanted(command, engine, share, "true".equals(wait));
    }

    private static double share(Params params) {
        var text = params.text("share", 10);
        if (text == null) {
            return 100;
        }
        try {
            double percent = Double.parseDouble(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
            if (percent > 0 && percent <= 100) {
                return percent;
            }
        } catch (NumberFormatException notANumber) {
            // told below, with the range
        }
        params.problem(
                "share must be a percentage above 0 and up to 100, such as 10%25, not '" + Params.shown(text) + "'");
        return 0;
    }
}

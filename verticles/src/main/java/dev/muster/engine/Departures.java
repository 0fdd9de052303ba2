package dev.muster.engine;

/**
 * Counts the engines of a process that have ended, and asks for the end of the process after the last: with 1 when any
 * gave up, so that no error is hidden, else with the code of the last that was killed. Safe to use from any thread.
 */
final class Departures {
    private final int engines;
    private final End end;
    private int killed;
    private int gaveUp;
    private int code;
    private String reason = "";

    /** Ends the process. */
    interface End {
        void ask(int code, String reason);
    }

    Departures(int engines, End end) {
        this.engines = engines;
        this.end = end;
    }

    /** The broker has killed an engine. */
    synchronized void killed(int withCode) {
        killed++;
        code = withCode;
        endAfterTheLast();
    }

    /** An engine has tried as often as it may. */
    synchronized void gaveUp(String why) {
        gaveUp++;
        reason = why;
        endAfterTheLast();
    }

    private void endAfterTheLast() {
        if (killed + gaveUp < engines) {
            return;
        }
        if (gaveUp == 0) {
            end.ask(
                    code,
                    "the broker has killed " + (engines == 1 ? "the engine" : "all " + engines + " engines")
                            + ": exit code " + code);
        } else {
            end.ask(
                    1,
                    (engines == 1
                                    ? "the engine has given up: "
                                    : gaveUp + " of " + engines + " engines have given up, the last one: ")
                            + reason);
        }
    }
}

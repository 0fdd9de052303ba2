package dev.muster.launcher.command;

import java.util.Arrays;
import java.util.Collection;

/** How a process ends, the most important first: when several apply, the first of them is the exit code. */
public enum ExitCode {
    /** Wrong options; nothing was started. */
    USAGE(2),
    /** It could not be done. */
    ERROR(1),
    /** A measurement failed. */
    MEASUREMENT_FAILED(4),
    /** The run is invalid: its numbers can't be believed. */
    INVALID(5),
    /** A threshold was crossed. */
    THRESHOLDS_FAILED(99),
    /** All is well. */
    PASSED(0);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** As the shell sees it. */
    public int code() {
        return code;
    }

    /** The one to exit with when several apply; {@link #PASSED} when none does. */
    public static ExitCode of(Collection<ExitCode> applying) {
        return Arrays.stream(values()).filter(applying::contains).findFirst().orElse(PASSED);
    }
}

package dev.muster.launcher.result;

import dev.muster.launcher.result.Result.Fault;
import dev.muster.launcher.result.Result.Impact;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A fault and what it did, in words. */
public final class FaultText {
    private FaultText() {}

    /** What was done and when: {@code 1  at 5.00 s  stop-process store: killed, and started again}. */
    public static String deed(Fault fault) {
        var when = Optional.ofNullable(fault.beganSeconds())
                .map(seconds -> "at " + seconds(seconds))
                .orElse("planned for " + seconds(fault.plannedSeconds()));
        var over = Optional.ofNullable(fault.overSeconds())
                .map(seconds -> ", over at " + seconds(seconds))
                .orElse("");
        return fault.number() + "  " + when + "  " + fault.fault() + (fault.done() ? ": " : ": NOT DONE: ")
                + fault.outcome() + over;
    }

    /** What it did to the users, in one line. */
    public static String impact(Impact impact) {
        return String.format(
                Locale.ROOT,
                "%,d checks failed; outage %s%s, of users p50 %s, max %s%s; %s; %,d events lost, %,d duplicated",
                impact.failedChecks(),
                seconds(impact.outageSeconds()),
                impact.outageOver() ? "" : " and not over",
                seconds(impact.userOutageP50Seconds()),
                seconds(impact.userOutageMaxSeconds()),
                impact.usersOut() == 0 ? "" : ", " + impact.usersOut() + " users still out",
                throughput(impact),
                impact.lostEvents(),
                impact.duplicatedEvents());
    }

    private static String throughput(Impact impact) {
        if (impact.throughputBefore() == null || impact.throughputLowest() == null) {
            return "throughput not known for a second before and after";
        }
        var back = impact.recoverySeconds() == null
                ? "not back at 95 %"
                : impact.recoverySeconds() == 0
                        ? "never fell"
                        : "back at 95 % after " + seconds(impact.recoverySeconds());
        return String.format(
                Locale.ROOT,
                "throughput %,.0f/s before, %,.0f/s in the poorest second, %s",
                impact.throughputBefore(),
                impact.throughputLowest(),
                back);
    }

    /** A time for people; {@code -} when it is not known. */
    public static String seconds(@Nullable Double seconds) {
        return Figures.text(seconds, "s");
    }
}

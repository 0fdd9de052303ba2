package dev.muster.launcher.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.measure.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run found out: the content of {@code summary.json}, documented in docs/results.md. Its fields only ever grow
 * within a {@link #VERSION}.
 *
 * @param version of this form
 * @param run the run's id, which is also the name of its folder
 * @param experiment which, such as {@code boot}
 * @param parameters by the names of the command line, without dashes
 * @param environment where it ran
 * @param start when the first repetition's load began, ISO 8601, UTC
 * @param durationSeconds of the loads and their measurement, over all repetitions
 * @param state whether it came to its end
 * @param verdict whether the numbers can be believed: every repetition's reasons
 * @param thresholds what was asked of the run, and whether it was met, in the order given
 * @param metrics by name, over all repetitions: distributions merged from their histograms, of values the median
 * @param repetitions what each one found, at least one unless the run ended before its first load
 */
public record Result(
        int version,
        String run,
        String experiment,
        Map<String, String> parameters,
        Environment environment,
        String start,
        double durationSeconds,
        State state,
        Judgement verdict,
        List<Check> thresholds,
        Map<String, Measurement> metrics,
        List<Repetition> repetitions) {
    public static final int VERSION = 1;

    /** Whether every repetition measured all that was asked for. */
    public boolean complete() {
        return repetitions.stream().allMatch(Repetition::complete);
    }

    /** How far a run came. */
    public enum State {
        /** Under way; or, when no process works on it any more, killed: it has what was known a second before. */
        @JsonProperty("running")
        RUNNING,
        /** Ended by a signal before its end: it has what there was. */
        @JsonProperty("interrupted")
        INTERRUPTED,
        @JsonProperty("finished")
        FINISHED
    }

    /**
     * The verdict as programs read it.
     *
     * @param word {@code VALID} or {@code INVALID}
     * @param reasons why it is invalid
     * @param notes what to know when comparing it
     */
    public record Judgement(String word, List<Verdict.Reason> reasons, List<Verdict.Reason> notes) {
        /** The same words and reasons. */
        public static Judgement of(Verdict verdict) {
            return new Judgement(verdict.word(), verdict.reasons(), verdict.notes());
        }
    }

    /**
     * A threshold and what became of it.
     *
     * @param threshold as it was written: {@code boot.register.latency p99 < 250ms}
     * @param origin who asked for it: {@code scenario}, {@code command line}, {@code slo kubernetes}
     * @param measured whether the experiment measures what it speaks of; an objective of the Kubernetes project that it
     *     does not measure is neither met nor missed
     * @param met whether every repetition met it; one without the samples for it did not
     * @param observed what each repetition measured, for people: {@code 62.1 ms}, {@code no samples}
     */
    public record Check(String threshold, String origin, boolean measured, boolean met, List<String> observed) {
        /** One that the experiment measures. */
        public Check(String threshold, String origin, boolean met, List<String> observed) {
            this(threshold, origin, true, met, observed);
        }

        /** One of which the experiment measures nothing. */
        public static Check notMeasured(String threshold, String origin) {
            return new Check(threshold, origin, false, false, List.of());
        }

        /** Whether it fails the run: it is measured, and not met. */
        public boolean missed() {
            return measured && !met;
        }

        /** In a word: {@code met}, {@code missed} or {@code not measured}. */
        public String word() {
            return !measured ? "not measured" : met ? "met" : "missed";
        }
    }

    /**
     * One repetition.
     *
     * @param number from 1
     * @param start when its load began, ISO 8601, UTC
     * @param durationSeconds from there to the end of its measurement
     * @param complete whether all that was asked for was measured: nothing failed, and nothing is lost
     * @param verdict its own
     * @param metrics by name
     * @param faults that were done meanwhile, in the order of their times
     */
    public record Repetition(
            int number,
            String start,
            double durationSeconds,
            boolean complete,
            Judgement verdict,
            Map<String, Measurement> metrics,
            List<Fault> faults) {
        /** A result of an earlier Muster tells of no faults. */
        public Repetition {
            faults = List.copyOf(Objects.requireNonNullElse(faults, List.of()));
        }

        /** One without faults. */
        public Repetition(
                int number,
                String start,
                double durationSeconds,
                boolean complete,
                Judgement verdict,
                Map<String, Measurement> metrics) {
            this(number, start, durationSeconds, complete, verdict, metrics, List.of());
        }
    }

    /**
     * A fault that the run did. Times are seconds since the load's begin.
     *
     * @param number from 1
     * @param fault for people: {@code stop-process store}
     * @param plannedSeconds when it was to be done
     * @param beganSeconds when it was; null when it was not
     * @param overSeconds when all of it was over, what was to be undone included; null likewise
     * @param beganEpochMillis when it was, in milliseconds since 1970; null likewise
     * @param done whether it was done and undone as asked
     * @param outcome what was done, or why it could not be
     * @param impact what it did; null where the experiment does not measure that
     */
    public record Fault(
            int number,
            String fault,
            double plannedSeconds,
            @Nullable Double beganSeconds,
            @Nullable Double overSeconds,
            @Nullable Long beganEpochMillis,
            boolean done,
            String outcome,
            @Nullable Impact impact) {}

    /**
     * What a fault did; docs/faults.md defines every number.
     *
     * @param failedChecks requests that failed from its begin to the next one's, or to the end
     * @param outageSeconds the longest time without a success of any user
     * @param outageOver whether a success ended it; if not, it is at least that long
     * @param userOutageP50Seconds the same of each user by itself: the median over the users; null without users
     * @param userOutageMaxSeconds the longest of them
     * @param usersOut users whose outage no success ended
     * @param throughputBefore successes per second before it; null when there was too little time
     * @param throughputLowest successes in the poorest second; null likewise
     * @param recoverySeconds from its begin until the throughput is back at 95 %; null when it is not, or not known
     * @param lostEvents acknowledged events that are not there afterwards
     * @param duplicatedEvents events that are there more than once
     */
    public record Impact(
            long failedChecks,
            double outageSeconds,
            boolean outageOver,
            @Nullable Double userOutageP50Seconds,
            @Nullable Double userOutageMaxSeconds,
            int usersOut,
            @Nullable Double throughputBefore,
            @Nullable Double throughputLowest,
            @Nullable Double recoverySeconds,
            long lostEvents,
            long duplicatedEvents) {
        /** Whether it is over, and the throughput is back. */
        public boolean isOver() {
            return outageOver && usersOut == 0 && recoverySeconds != null;
        }
    }
}

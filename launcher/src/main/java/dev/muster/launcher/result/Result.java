package dev.muster.launcher.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.measure.Verdict;
import java.util.List;
import java.util.Map;

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
     */
    public record Repetition(
            int number,
            String start,
            double durationSeconds,
            boolean complete,
            Judgement verdict,
            Map<String, Measurement> metrics) {}
}

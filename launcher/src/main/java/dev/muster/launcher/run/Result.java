package dev.muster.launcher.run;

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
 * @param start when the load began, ISO 8601, UTC
 * @param durationSeconds from there to the end of the measurement
 * @param interrupted whether it was stopped before its end
 * @param verdict whether the numbers can be believed
 * @param metrics by name
 */
record Result(
        int version,
        String run,
        String experiment,
        Map<String, String> parameters,
        Environment environment,
        String start,
        double durationSeconds,
        boolean interrupted,
        Judgement verdict,
        Map<String, Measurement> metrics) {
    static final int VERSION = 1;

    /**
     * The verdict as programs read it.
     *
     * @param word {@code VALID} or {@code INVALID}
     * @param reasons why it is invalid
     * @param notes what to know when comparing it
     */
    record Judgement(String word, List<Verdict.Reason> reasons, List<Verdict.Reason> notes) {
        static Judgement of(Verdict verdict) {
            return new Judgement(verdict.word(), verdict.reasons(), verdict.notes());
        }
    }
}

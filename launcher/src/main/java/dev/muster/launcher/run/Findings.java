package dev.muster.launcher.run;

import dev.muster.launcher.result.Result;
import dev.muster.measure.Verdict;
import java.time.Instant;
import java.util.List;

/**
 * What an experiment found out.
 *
 * @param start when the load began
 * @param durationSeconds from there to the end of the measurement
 * @param complete whether everything that was asked for was measured: nothing failed, and nothing is lost
 * @param metrics every one of the experiment's catalogue
 * @param verdict whether the numbers can be believed
 * @param faults that were done meanwhile
 */
public record Findings(
        Instant start,
        double durationSeconds,
        boolean complete,
        Observations metrics,
        Verdict verdict,
        List<Result.Fault> faults) {
    public Findings {
        faults = List.copyOf(faults);
    }

    /** Without any faults. */
    public Findings(Instant start, double durationSeconds, boolean complete, Observations metrics, Verdict verdict) {
        this(start, durationSeconds, complete, metrics, verdict, List.of());
    }

    /** The same with what became of the run's faults: one that was not done makes it incomplete. */
    Findings with(List<Result.Fault> told) {
        boolean done = told.stream().allMatch(Result.Fault::done);
        return new Findings(start, durationSeconds, complete && done, metrics, verdict, told);
    }

    /** The same, but something that was asked for could not be measured. */
    Findings incomplete() {
        return new Findings(start, durationSeconds, false, metrics, verdict, faults);
    }

    /** The same as a result tells it. */
    Result.Repetition repetition(int number) {
        return new Result.Repetition(
                number,
                start.toString(),
                durationSeconds,
                complete,
                Result.Judgement.of(verdict),
                metrics.measurements(),
                faults);
    }
}

package dev.muster.launcher.run;

import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.result.Environment;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.Result.Judgement;
import dev.muster.launcher.result.Result.Repetition;
import dev.muster.launcher.result.Result.State;
import dev.muster.launcher.threshold.Asked;
import dev.muster.measure.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What a run has found out so far, repetition by repetition, and the result that it makes.
 *
 * @param run its id
 * @param parameters that were chosen
 * @param asked what every repetition is held against
 * @param repetitions those that have ended, in their order
 */
record Found(
        String run,
        String experiment,
        Map<String, String> parameters,
        Environment environment,
        List<Asked> asked,
        List<Findings> repetitions) {
    Found {
        asked = List.copyOf(asked);
        repetitions = List.copyOf(repetitions);
    }

    /** The same and one more repetition. */
    Found with(Findings findings) {
        var more = new ArrayList<>(repetitions);
        more.add(findings);
        return new Found(run, experiment, parameters, environment, asked, more);
    }

    /** The result over all repetitions; that of a run without any says that nothing was measured. */
    Result result(State state) {
        if (repetitions.isEmpty()) {
            return result(state, Instant.now(), nothing(), Map.of(), List.of());
        }
        var merged =
                Observations.merged(repetitions.stream().map(Findings::metrics).toList());
        return result(state, repetitions.get(0).start(), verdict(), merged.measurements(), told());
    }

    private static Judgement nothing() {
        var reason = new Verdict.Reason(
                "nothing-measured",
                "the load has not begun",
                "a load that came to its end",
                "run it again, and look at what it prints when it ends");
        return Judgement.of(new Verdict(List.of(reason), List.of()));
    }

    private Result result(
            State state, Instant start, Judgement verdict, Map<String, Measurement> metrics, List<Repetition> told) {
        var measured = told.stream().map(Repetition::metrics).toList();
        return new Result(
                Result.VERSION,
                run,
                experiment,
                parameters,
                environment,
                start.toString(),
                told.stream().mapToDouble(Repetition::durationSeconds).sum(),
                state,
                verdict,
                asked.stream().map(each -> each.check(measured)).toList(),
                metrics,
                told);
    }

    private List<Repetition> told() {
        var told = new ArrayList<Repetition>();
        for (var each : repetitions) {
            told.add(each.repetition(told.size() + 1));
        }
        return told;
    }

    /** What speaks against one repetition speaks against the run. */
    private Judgement verdict() {
        var reasons = new ArrayList<Verdict.Reason>();
        var notes = new LinkedHashSet<Verdict.Reason>();
        for (int i = 0; i < repetitions.size(); i++) {
            var verdict = repetitions.get(i).verdict();
            var where = repetitions.size() == 1 ? "" : " in repetition " + (i + 1);
            verdict.reasons().forEach(reason -> reasons.add(in(reason, where)));
            notes.addAll(verdict.notes());
        }
        return Judgement.of(new Verdict(reasons, List.copyOf(notes)));
    }

    private static Verdict.Reason in(Verdict.Reason reason, String where) {
        return new Verdict.Reason(reason.code(), reason.observed() + where, reason.limit(), reason.fix());
    }

    /** How the process is to end. */
    static ExitCode code(Result result) {
        var applying = new ArrayList<ExitCode>();
        if (!result.complete()) {
            applying.add(ExitCode.MEASUREMENT_FAILED);
        }
        if (!result.verdict().reasons().isEmpty()) {
            applying.add(ExitCode.INVALID);
        }
        if (result.thresholds().stream().anyMatch(Result.Check::missed)) {
            applying.add(ExitCode.THRESHOLDS_FAILED);
        }
        return ExitCode.of(applying);
    }
}

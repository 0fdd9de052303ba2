package dev.muster.launcher.report;

import dev.muster.launcher.result.Figures;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.Result.Check;
import dev.muster.launcher.result.Result.State;
import dev.muster.measure.Verdict.Reason;
import java.util.List;

/** What comes first: whether the numbers can be believed, whether they are what was asked for, and what to do if not. */
final class VerdictSection {
    private VerdictSection() {}

    /** The verdict in a few words. */
    static String headline(Result result) {
        var word = result.verdict().word();
        return switch (result.state()) {
            case FINISHED -> word;
            case INTERRUPTED -> "interrupted, " + word;
            case RUNNING -> "not finished, so far " + word;
        };
    }

    static void write(Html body, Material material) {
        var result = material.result();
        var word = result.verdict().word();
        body.open("section", "class", "verdict " + tone(result), "aria-labelledby", "verdict");
        body.element("h1", headline(result).replace(word, word.equals("VALID") ? "valid" : "invalid"), "id", "verdict");
        body.element("p", sentence(result), "class", "lead");
        state(body, material);
        incomplete(body, result);
        reasons(
                body,
                "What speaks against this run, and what to do",
                result.verdict().reasons());
        reasons(body, "What to know when you compare it", result.verdict().notes());
        body.close();
    }

    private static String tone(Result result) {
        boolean good = result.verdict().reasons().isEmpty()
                && result.state() == State.FINISHED
                && missed(result) == 0
                && result.complete();
        return good ? "good" : result.verdict().reasons().isEmpty() && missed(result) == 0 ? "warn" : "bad";
    }

    private static long missed(Result result) {
        return result.thresholds().stream().filter(Check::missed).count();
    }

    private static String sentence(Result result) {
        return believed(result) + " " + thresholds(result.thresholds());
    }

    private static String believed(Result result) {
        int reasons = result.verdict().reasons().size();
        return reasons == 0
                ? "The numbers below can be believed: the run watched itself, and nothing speaks against it."
                : "The numbers below can't be believed, for the " + (reasons == 1 ? "reason" : reasons + " reasons")
                        + " below. That does not mean that they are bad.";
    }

    private static String thresholds(List<Check> asked) {
        long measured = asked.stream().filter(Check::measured).count();
        long missed = asked.stream().filter(Check::missed).count();
        if (measured == 0) {
            return "No threshold was asked for" + (asked.isEmpty() ? "." : " that this experiment measures.");
        }
        if (missed > 0) {
            return missed + " of " + measured + (measured == 1 ? " threshold missed." : " thresholds missed.");
        }
        return measured == 1 ? "The threshold is met." : "All " + measured + " thresholds are met.";
    }

    private static void state(Html body, Material material) {
        var result = material.result();
        var seconds = Figures.text(result.durationSeconds(), "s");
        var text =
                switch (result.state()) {
                    case FINISHED -> "";
                    case INTERRUPTED ->
                        "Interrupted: Ctrl-C or SIGTERM ended this run early, or a repetition could not be carried out."
                                + " The numbers cover what there was, " + seconds + " of load.";
                    case RUNNING ->
                        material.underWay()
                                ? "Still running: this is what was known " + seconds
                                        + " into the load. Make the report again when it has ended."
                                : "Killed: no process works on this run any more, and it did not come to its end. The numbers"
                                        + " are what was on disk, up to the last full second, " + seconds
                                        + " into the load. Run it again for a whole result.";
                };
        if (!text.isEmpty()) {
            body.element("p", text, "class", "state");
        }
    }

    private static void incomplete(Html body, Result result) {
        if (result.state() == State.FINISHED && !result.complete()) {
            body.element(
                    "p",
                    "Not everything that was asked for was measured: something failed or was lost. See the numbers below.",
                    "class",
                    "state");
        }
    }

    private static void reasons(Html body, String heading, List<Reason> reasons) {
        if (reasons.isEmpty()) {
            return;
        }
        body.element("h2", heading).open("ul", "class", "reasons");
        for (var reason : reasons) {
            body.open("li").element("strong", reason.observed());
            body.text(" ").element("code", reason.code());
            body.open("span", "class", "help")
                    .text("Good would be: " + reason.limit() + ".")
                    .close();
            body.open("span", "class", "fix")
                    .text("To do: " + reason.fix() + ".")
                    .close();
            body.close();
        }
        body.close();
    }
}

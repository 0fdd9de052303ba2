package dev.muster.launcher.report;

import dev.muster.launcher.result.FaultText;
import dev.muster.launcher.result.Figures;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.Result.Fault;
import dev.muster.launcher.result.Result.Impact;
import dev.muster.launcher.result.Result.Repetition;
import java.util.ArrayList;
import java.util.List;

/** The faults of a run, and what each did. */
final class FaultsSection {
    private FaultsSection() {}

    /** Nothing when there were none. */
    static void write(Html body, Result result) {
        var hit = result.repetitions().stream()
                .filter(each -> !each.faults().isEmpty())
                .toList();
        if (hit.isEmpty()) {
            return;
        }
        body.open("section", "aria-labelledby", "faults").element("h2", "Faults", "id", "faults");
        body.element(
                "p",
                "Done on purpose during the load; the lines in the charts over time are their begins. Times are seconds"
                        + " since the load began.",
                "class",
                "help");
        for (var each : hit.subList(0, Math.min(hit.size(), ChartSections.MOST_REPETITIONS))) {
            write(body, each, hit.size() > 1 ? ", repetition " + each.number() : "");
        }
        body.close();
    }

    private static void write(Html body, Repetition repetition, String of) {
        var table = Table.withMeaning(
                body, "What was done" + of, List.of("Fault", "Planned", "Begun", "Over", "Done", "Outcome"));
        for (var fault : repetition.faults()) {
            table.explained(
                    fault.number() + " " + fault.fault(),
                    List.of(
                            Figures.text(fault.plannedSeconds()),
                            Figures.text(fault.beganSeconds()),
                            Figures.text(fault.overSeconds()),
                            fault.done() ? "yes" : "no"),
                    fault.outcome());
        }
        table.end();
        if (repetition.faults().stream().anyMatch(fault -> fault.impact() != null)) {
            impacts(body, repetition, of);
        }
    }

    private static void impacts(Html body, Repetition repetition, String of) {
        var table = Table.of(
                body,
                "What it did" + of + ". Outages and the time until the throughput is back at 95 % are in seconds.",
                List.of(
                        "Fault",
                        "Failed checks",
                        "Outage",
                        "Of users, p50",
                        "Longest",
                        "Users out",
                        "Per second before",
                        "Poorest second",
                        "Back after",
                        "Events lost",
                        "Duplicated"));
        for (var fault : repetition.faults()) {
            var impact = fault.impact();
            if (impact != null) {
                table.row(fault.number() + " " + fault.fault(), cells(impact));
            }
        }
        table.end();
    }

    private static List<String> cells(Impact impact) {
        return List.of(
                Figures.text((double) impact.failedChecks()),
                Figures.text(impact.outageSeconds()) + (impact.outageOver() ? "" : ", not over"),
                Figures.text(impact.userOutageP50Seconds()),
                Figures.text(impact.userOutageMaxSeconds()),
                String.valueOf(impact.usersOut()),
                Figures.text(impact.throughputBefore()),
                Figures.text(impact.throughputLowest()),
                impact.recoverySeconds() == null ? "not back" : Figures.text(impact.recoverySeconds()),
                String.valueOf(impact.lostEvents()),
                String.valueOf(impact.duplicatedEvents()));
    }

    /**
     * The begins of faults on the axis of a chart.
     *
     * @param originMillis where the axis begins, in milliseconds since 1970
     */
    static List<Chart.Mark> marks(List<Fault> faults, long originMillis) {
        var marks = new ArrayList<Chart.Mark>();
        for (var fault : faults) {
            var began = fault.beganEpochMillis();
            if (began != null) {
                marks.add(new Chart.Mark((began - originMillis) / 1e3, fault.number() + " " + fault.fault()));
            }
        }
        return marks;
    }

    /** The same in words, for who does not see the chart; empty without faults. */
    static String words(List<Fault> faults) {
        var words = new StringBuilder();
        faults.stream().filter(fault -> fault.beganSeconds() != null).forEach(fault -> words.append(" Fault ")
                .append(fault.number())
                .append(", ")
                .append(fault.fault())
                .append(", began after ")
                .append(FaultText.seconds(fault.beganSeconds()))
                .append('.'));
        return words.toString();
    }
}

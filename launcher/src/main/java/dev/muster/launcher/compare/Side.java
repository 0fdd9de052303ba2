package dev.muster.launcher.compare;

import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.ResultFolder;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One side of a comparison: the repetitions of one run, or of several that were alike.
 *
 * @param name {@code A} for the baseline, then {@code B} and so on
 * @param runs in the order given, at least one
 */
record Side(String name, List<Result> runs) {
    /** As many as there are letters to name them. */
    static final int MOST = 26;

    private static final String BETWEEN_RUNS = ",";

    Side {
        runs = List.copyOf(runs);
    }

    /** The name of the side at this place: {@code A} at 0. */
    static String name(int place) {
        return String.valueOf((char) ('A' + place));
    }

    /**
     * Reads one side.
     *
     * @param folders one folder, or several with commas between them
     * @param problems takes what can't be read, a line each
     * @return the side; empty when there was a problem
     */
    static Optional<Side> read(String name, String folders, List<String> problems) {
        var runs = new ArrayList<Result>();
        int before = problems.size();
        for (var folder : folders.split(BETWEEN_RUNS, -1)) {
            try {
                runs.add(ResultFolder.open(Path.of(folder)).read());
            } catch (IOException e) {
                problems.add(String.valueOf(e.getMessage()));
            } catch (InvalidPathException e) {
                problems.add(folder + " is no folder: " + e.getReason());
            }
        }
        return problems.size() == before ? Optional.of(new Side(name, runs)) : Optional.empty();
    }

    /** What was found out, each repetition of each run. */
    List<Result.Repetition> repetitions() {
        return runs.stream().flatMap(run -> run.repetitions().stream()).toList();
    }

    /** All that some repetition measured, by name. */
    Map<String, Measurement> metrics() {
        var all = new LinkedHashMap<String, Measurement>();
        repetitions().forEach(repetition -> repetition.metrics().forEach(all::putIfAbsent));
        return all;
    }

    /** A number of each repetition that has it, in this unit. */
    double[] values(String metric, Statistic statistic, String unit) {
        return repetitions().stream()
                .flatMap(each -> statistic.of(each.metrics().get(metric), unit).stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** Whether every run of it is valid. */
    String verdict() {
        return runs.stream().allMatch(run -> run.verdict().word().equals("VALID")) ? "VALID" : "INVALID";
    }
}

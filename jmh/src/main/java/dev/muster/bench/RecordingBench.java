package dev.muster.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.node.SnapshotBenchmark;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code bench/recording}: runs the benchmarks of this module and holds them against their targets. */
public final class RecordingBench {
    private static final int FORKS = 3;
    private static final int ITERATIONS = 5;
    private static final int PER_SECOND = 10_000;
    private static final int SECONDS = 5;
    private static final int ROUNDS = 5;
    private static final double MOST_RECORD_NANOS = 100;
    private static final double MOST_SNAPSHOT_SHARE = 0.01;
    private static final double MOST_LATENESS_MICROS = 50;
    private static final double NO_BYTES = 0.01;

    private final List<Row> rows = new ArrayList<>();

    private RecordingBench() {}

    /**
     * One line of the table.
     *
     * @param what is measured
     * @param unit of all values
     * @param median of all repetitions
     * @param limit what it may be at most; not a number when it is there to compare with
     */
    record Row(String what, String unit, double median, double min, double max, double limit) {
        boolean isTarget() {
            return !Double.isNaN(limit);
        }

        String verdict() {
            return !isTarget() ? "" : median <= limit ? "met" : "not met";
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s %s (%s - %s) | %s | %s |%n",
                    what,
                    number(median),
                    unit,
                    number(min),
                    number(max),
                    isTarget() ? "<= " + number(limit) + " " + unit : "",
                    verdict());
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, value == 0 || Math.abs(value) >= 10 ? "%,.0f" : "%.2f", value);
        }
    }

    /**
     * Runs all.
     *
     * @param arguments where to write {@code recording.md} and {@code recording.json}, and the build that is measured
     */
    public static void main(String[] arguments) throws IOException, RunnerException {
        var bench = new RecordingBench();
        bench.costs();
        bench.pacing();
        bench.write(Path.of(arguments[0]), arguments[1]);
    }

    private void costs() throws RunnerException {
        var options = new OptionsBuilder()
                .include(RecorderBenchmark.class.getName() + "\\.")
                .include(SnapshotBenchmark.class.getName() + "\\.")
                .addProfiler(GCProfiler.class)
                .forks(FORKS)
                .warmupIterations(ITERATIONS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.seconds(1))
                .build();
        var results = new TreeMap<String, RunResult>();
        new Runner(options)
                .run()
                .forEach(result -> results.put(result.getPrimaryResult().getLabel(), result));
        var record = require(results, "record");
        rows.add(row("record one event", "ns", iterations(record), 1, MOST_RECORD_NANOS));
        rows.add(row("record one event: allocated", "bytes", allocated(record), 1, NO_BYTES));
        double perCore = 1e-6; // microseconds in each second
        rows.add(row(
                "snapshot of 50 histograms a second, 50,000 events in it",
                "% of a core",
                iterations(require(results, "take")),
                100 * perCore,
                100 * MOST_SNAPSHOT_SHARE));
        rows.add(row(
                "the same, and encoded for another process",
                "% of a core",
                iterations(require(results, "takeAndEncode")),
                100 * perCore,
                100 * MOST_SNAPSHOT_SHARE));
    }

    private static RunResult require(Map<String, RunResult> results, String name) {
        var result = results.get(name);
        if (result == null) {
            throw new IllegalStateException("no result of " + name + " among " + results.keySet());
        }
        return result;
    }

    private static double[] iterations(RunResult result) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                .toArray();
    }

    @SuppressWarnings("rawtypes") // JMH's own signature
    private static double[] allocated(RunResult result) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getSecondaryResults().entrySet().stream()
                        .filter(each -> each.getKey().endsWith("gc.alloc.rate.norm"))
                        .mapToDouble(each -> each.getValue().getScore())
                        .findFirst()
                        .orElseThrow())
                .toArray();
    }

    /** In turns, so that what disturbs the machine disturbs all. */
    private void pacing() {
        var p99 = new LinkedHashMap<Pacing, double[]>();
        var vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        try {
            for (var way : Pacing.values()) {
                way.lateness(vertx, PER_SECOND, SECONDS); // compiles it
                p99.put(way, new double[ROUNDS]);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (var each : p99.entrySet()) {
                    var lateness = each.getKey().lateness(vertx, PER_SECOND, SECONDS);
                    each.getValue()[round] = lateness.percentile(99) / 1e3;
                    System.err.printf(
                            Locale.ROOT,
                            "bench/recording: round %d: %s: p50 %.1f us, p99 %.1f us, max %.1f us%n",
                            round + 1,
                            each.getKey().title(),
                            lateness.percentile(50) / 1e3,
                            lateness.percentile(99) / 1e3,
                            lateness.max() / 1e3);
                }
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        p99.forEach((way, measured) -> rows.add(row(
                "p99 of lateness at 10,000/s: " + way.title(),
                "us",
                measured,
                1,
                way == Pacing.PACER ? MOST_LATENESS_MICROS : Double.NaN)));
    }

    private static Row row(String what, String unit, double[] measured, double factor, double limit) {
        var sorted = Arrays.stream(measured).map(each -> each * factor).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Row(what, unit, median, sorted[0], sorted[sorted.length - 1], limit);
    }

    private void write(Path folder, String build) throws IOException {
        var text = new StringBuilder("# Recording\n\n");
        text.append(String.format(
                Locale.ROOT,
                "`bench/recording`, %s: %s, %d cores of %s, %s %s.%n"
                        + "JMH %d forks of %d iterations of 1 s; pacing %d rounds of %d s, in turns.%n%n",
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                build,
                Runtime.getRuntime().availableProcessors(),
                processor(),
                System.getProperty("java.version"),
                System.getProperty("java.vm.name"),
                FORKS,
                ITERATIONS,
                ROUNDS,
                SECONDS));
        text.append("| what | median (min - max) | target | |\n|---|---|---|---|\n");
        rows.forEach(row -> text.append(row.line()));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("recording.md"), text);
        var json = JsonMapper.builder().build().writerWithDefaultPrettyPrinter();
        Files.writeString(folder.resolve("recording.json"), json.writeValueAsString(figures(build)) + "\n");
    }

    private Map<String, Object> figures(String build) {
        var all = new LinkedHashMap<String, Object>();
        all.put("build", build);
        all.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        all.put("rows", rows.stream().map(RecordingBench::figures).toList());
        all.put(
                "targets",
                rows.stream().filter(Row::isTarget).map(RecordingBench::target).toList());
        return all;
    }

    /** A target as {@code bench/all} reads it. */
    private static Map<String, Object> target(Row row) {
        return Map.of(
                "what", row.what(),
                "unit", row.unit(),
                "muster", row.median(),
                "target", "at most " + Row.number(row.limit()) + " " + row.unit(),
                "met", row.verdict().equals("met"));
    }

    private static Map<String, Object> figures(Row row) {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("what", row.what());
        figures.put("unit", row.unit());
        figures.put("median", row.median());
        figures.put("min", row.min());
        figures.put("max", row.max());
        return figures;
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("an unknown processor");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

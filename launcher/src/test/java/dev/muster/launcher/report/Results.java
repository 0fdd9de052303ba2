package dev.muster.launcher.report;

import dev.muster.bus.Stats;
import dev.muster.launcher.record.Recording;
import dev.muster.launcher.result.Environment;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.ResultFolder;
import dev.muster.measure.Distribution;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.measure.Verdict;
import dev.muster.node.Histograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Folders of results as runs leave them, made without a run. */
final class Results {
    static final String LATENCY = "boot.register.latency";
    static final Verdict.Reason REASON =
            new Verdict.Reason("cpu-saturated", "CPU share of the busiest process 0.99", "0.95", "lower the rate");

    private final ResultFolder folder;
    private final Random random = new Random(4);
    private final Distribution latency = new Distribution();
    private Result.State state = Result.State.FINISHED;
    private Verdict verdict = new Verdict(List.of(), List.of());
    private List<Result.Check> thresholds = List.of();
    private Map<String, String> parameters = Map.of("minions", "3");
    private int repetitions = 1;

    Results(Path parent) throws IOException {
        folder = ResultFolder.create(parent, "boot", Instant.EPOCH);
    }

    Results state(Result.State state) {
        this.state = state;
        return this;
    }

    Results reasons(Verdict.Reason... reasons) {
        verdict = new Verdict(List.of(reasons), List.of());
        return this;
    }

    Results thresholds(Result.Check... checks) {
        thresholds = List.of(checks);
        return this;
    }

    Results parameter(String name, String value) {
        parameters = Map.of(name, value);
        return this;
    }

    Results repetitions(int count) {
        repetitions = count;
        return this;
    }

    /** Records so many samples as one repetition's; a single one lies in the folder itself. */
    Results recorded(int repetition, int samples) throws IOException {
        var place = repetition == 0 ? folder.path() : Files.createDirectories(folder.file(String.valueOf(repetition)));
        var mine = new Distribution();
        for (int i = 0; i < samples; i++) {
            mine.record((long) (1e6 * Math.exp(random.nextGaussian())));
        }
        latency.add(mine);
        var before = stats(1_700_000_000_000L, new Distribution());
        Recording.start(place, before, () -> stats(1_700_000_001_000L, mine), name -> name, observed -> {})
                .end();
        return this;
    }

    private static Stats stats(long now, Distribution latency) {
        var process = new Stats.Instance("p", "minion", "b", "i", 10, false, 0, 0, Map.of());
        return new Stats(
                now,
                List.of(process),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(LATENCY, Histograms.encode(Unit.NANOSECONDS, latency)),
                List.of(),
                List.of());
    }

    /** Writes lines of {@code minions.csv} behind its header. */
    Results minions(String... lines) throws IOException {
        Files.writeString(
                folder.file("minions.csv"),
                "id,pod,node,boot_time,registered_time,latency_ms,tries,error_ms,registrations\n"
                        + String.join("\n", lines) + "\n");
        return this;
    }

    /** Writes the summary. */
    ResultFolder written() throws IOException {
        var metrics = new LinkedHashMap<String, Measurement>();
        metrics.put("boot.registered", Measurement.count(3));
        metrics.put("boot.rate", Measurement.none("/s"));
        metrics.put(LATENCY, Measurement.of(Summary.of(Unit.NANOSECONDS, latency)));
        metrics.put("boot.latency", Measurement.of(Summary.none(Unit.MICROSECONDS)));
        var judged = Result.Judgement.of(verdict);
        var each = IntStream.rangeClosed(1, repetitions)
                .mapToObj(n -> new Result.Repetition(n, Instant.EPOCH.toString(), 1.5, true, judged, metrics))
                .toList();
        folder.write(new Result(
                Result.VERSION,
                folder.run(),
                "boot",
                parameters,
                new Environment(
                        "h", 2, 1L << 33, "Linux", "cpu", "jvm", List.of("-Xmx1g"), "0.1", Map.of("vertx", "5")),
                Instant.EPOCH.toString(),
                1.5,
                state,
                judged,
                thresholds,
                metrics,
                each));
        return folder;
    }
}

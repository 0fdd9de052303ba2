package dev.muster.launcher.run.boot;

import static java.util.stream.Collectors.groupingBy;

import dev.muster.kube.PodLife;
import dev.muster.kube.PodLife.Stage;
import dev.muster.launcher.result.ResultFolder;
import dev.muster.measure.Distribution;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every pod of a boot as a line, and every node with the percentiles of its pods. Empty is what was not told. */
final class PodFiles {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final long NANOS = 1_000_000_000L;
    private static final List<Stage> LATER =
            List.of(Stage.SCHEDULED, Stage.SANDBOX, Stage.PULLED, Stage.STARTED, Stage.RUNNING, Stage.READY);

    private PodFiles() {}

    static void write(List<PodTimes.Timed> pods, ResultFolder folder) throws IOException {
        folder.write("pods.csv", pods(pods));
        folder.write("nodes.csv", nodes(pods));
    }

    private static String pods(List<PodTimes.Timed> pods) {
        var header = new ArrayList<>(List.of("pod", "uid", "node", "created_time"));
        LATER.forEach(stage -> header.add(stage.word() + "_ms"));
        header.addAll(List.of(
                "registered_ms",
                "lateness_ms",
                "ready_lateness_ms",
                "pull_ms",
                "image_bytes",
                "image_present",
                "deleted"));
        return Stream.concat(Stream.of(header), pods.stream().map(PodFiles::line))
                .map(line -> String.join(",", line) + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> line(PodTimes.Timed timed) {
        var pod = timed.pod();
        var line = new ArrayList<>(List.of(
                pod.name(),
                pod.uid(),
                pod.node(),
                pod.seen(Stage.CREATED).map(PodFiles::time).orElse("")));
        LATER.forEach(stage -> line.add(millis(timed.until(stage))));
        line.add(millis(timed.untilRegistered()));
        line.add(millis(timed.lateness(Stage.RUNNING)));
        line.add(millis(timed.lateness(Stage.READY)));
        var pull = pod.pull();
        line.add(millis(pull.filter(one -> !one.present()).map(PodLife.ImagePull::nanos)));
        line.add(pull.map(one -> String.valueOf(one.bytes())).orElse(""));
        line.add(pull.map(one -> String.valueOf(one.present())).orElse(""));
        line.add(String.valueOf(pod.deleted()));
        return line;
    }

    private static String nodes(List<PodTimes.Timed> pods) {
        var text = new StringBuilder("node,pods,what,count,p50_ms,p90_ms,p99_ms,max_ms\n");
        new TreeMap<>(pods.stream().collect(groupingBy(each -> each.pod().node()))).forEach((node, own) -> {
            LATER.forEach(stage -> row(text, node, own, stage.word(), pod -> pod.until(stage)));
            row(text, node, own, "registered", PodTimes.Timed::untilRegistered);
            row(text, node, own, "lateness", pod -> pod.lateness(Stage.RUNNING));
        });
        return text.toString();
    }

    private static void row(
            StringBuilder text,
            String node,
            List<PodTimes.Timed> pods,
            String what,
            Function<PodTimes.Timed, Optional<Long>> value) {
        var samples = new Distribution();
        pods.forEach(pod -> value.apply(pod).ifPresent(samples::record));
        var summary = Summary.of(Unit.NANOSECONDS, samples);
        text.append(Stream.of(
                        node,
                        String.valueOf(pods.size()),
                        what,
                        String.valueOf(samples.count()),
                        millis(summary.p50()),
                        millis(summary.p90()),
                        millis(summary.p99()),
                        millis(summary.max()))
                .collect(Collectors.joining(",", "", "\n")));
    }

    private static String time(long nanos) {
        return TIME.format(Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS)));
    }

    private static String millis(Optional<Long> nanos) {
        return nanos.map(value -> millis((double) value)).orElse("");
    }

    private static String millis(@Nullable Double nanos) {
        return nanos == null ? "" : String.format(Locale.ROOT, "%.3f", nanos / 1e6);
    }
}

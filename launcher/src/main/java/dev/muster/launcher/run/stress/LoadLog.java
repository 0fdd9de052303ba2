package dev.muster.launcher.run.stress;

import dev.muster.bus.StressAccepted;
import dev.muster.launcher.run.stress.Autoscaler.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the pods said of their load, beat by beat, and what was seen of the autoscaler meanwhile, on the run's one clock.
 * Safe to use from any thread.
 */
final class LoadLog {
    /** A view of the autoscaler older than this is not shown as the present one. */
    private static final double FRESH_SECONDS = 2.5;

    private final Set<String> there;
    private final Map<String, PodLoad> pods = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Sight> sights = new ArrayList<>();
    private double askedSeconds;
    private int mostPods;

    /**
     * What was seen of the autoscaler.
     *
     * @param seconds since the load's begin
     */
    record Sight(double seconds, View view) {}

    /**
     * What was heard at one beat.
     *
     * @param seconds since the load's begin
     * @param asked cores that the profile wants of all pods together
     * @param requested cores that the pods were asked for since the beat before
     * @param delivered cores that they got
     * @param pods that answered
     * @param working of those the ones that have burnt CPU
     * @param cluster what the Kubernetes API said last; null where it is not asked, or has not answered lately
     */
    record Beat(
            double seconds,
            double asked,
            double requested,
            double delivered,
            int pods,
            int working,
            @Nullable View cluster) {
        private String line() {
            var view = cluster;
            return String.format(
                            Locale.ROOT,
                            "%.3f,%.4f,%.4f,%.4f,%d,%d,",
                            seconds,
                            asked,
                            requested,
                            delivered,
                            pods,
                            working)
                    + (view == null
                            ? ",,,\n"
                            : view.wanted() + "," + view.replicas() + "," + view.ready() + "," + view.nodesText()
                                    + "\n");
        }
    }

    /** A beat to which a pod that missed it may add its part later. */
    private static final class Row {
        private final double seconds;
        private final double asked;
        private final @Nullable View cluster;
        private double requested;
        private double delivered;
        private int pods;
        private int working;

        Row(double seconds, double asked, @Nullable View cluster) {
            this.seconds = seconds;
            this.asked = asked;
            this.cluster = cluster;
        }

        Beat beat() {
            return new Beat(seconds, asked, requested, delivered, pods, working, cluster);
        }
    }

    /**
     * @param there the instances that were there before the load
     */
    LoadLog(Set<String> there) {
        this.there = Set.copyOf(there);
    }

    /**
     * Takes a beat in.
     *
     * @param asked cores that the profile wants from now on
     * @param answers of the pods, by instance
     */
    synchronized void beat(double seconds, double asked, Map<String, StressAccepted> answers) {
        if (!rows.isEmpty()) {
            var before = rows.get(rows.size() - 1);
            askedSeconds += before.asked * (seconds - before.seconds);
        }
        var row = new Row(seconds, asked, seen(seconds));
        rows.add(row);
        answers.forEach((instance, answer) -> take(instance, answer, row));
        mostPods = Math.max(mostPods, row.pods);
    }

    /** What a pod burnt since its last answer is spread over all beats since then: it may have missed some. */
    private void take(String instance, StressAccepted answer, Row row) {
        int newest = rows.size() - 1;
        var pod = pods.computeIfAbsent(instance, name -> new PodLoad(answer, row.seconds, newest));
        var burnt = pod.take(answer, row.seconds);
        rows.subList(pod.row() + 1, rows.size()).forEach(each -> {
            each.requested += burnt.requested();
            each.delivered += burnt.delivered();
        });
        pod.row(newest);
        row.pods++;
        row.working += pod.worked().isPresent() ? 1 : 0;
    }

    private @Nullable View seen(double now) {
        var last = sights.isEmpty() ? null : sights.get(sights.size() - 1);
        return last == null || now - last.seconds > FRESH_SECONDS ? null : last.view;
    }

    /** Takes in what was seen of the autoscaler. */
    synchronized void saw(double seconds, View view) {
        sights.add(new Sight(seconds, view));
    }

    synchronized List<Sight> sights() {
        return List.copyOf(sights);
    }

    /** The newest. */
    synchronized Optional<Beat> last() {
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(rows.get(rows.size() - 1).beat());
    }

    /** How many there were. */
    synchronized int beats() {
        return rows.size();
    }

    /** CPU seconds that the profile wanted until the newest beat. */
    synchronized double askedSeconds() {
        return askedSeconds;
    }

    /** Most pods that answered at the same beat. */
    synchronized int mostPods() {
        return mostPods;
    }

    /** When pods that were not there before the load first burnt CPU, in order. */
    synchronized List<Double> newPodsWorked() {
        return pods.entrySet().stream()
                .filter(pod -> !there.contains(pod.getKey()))
                .flatMap(pod -> pod.getValue().worked().stream())
                .sorted()
                .toList();
    }

    synchronized void write(Path beatsFile, Path podsFile) throws IOException {
        var lines = new StringBuilder("seconds,asked,requested,delivered,pods,working,wanted,replicas,ready,nodes\n");
        rows.forEach(row -> lines.append(row.beat().line()));
        Files.writeString(beatsFile, lines);
        var podLines = new StringBuilder("pod,node,cores,joined_s,first_work_s,requested_s,delivered_s\n");
        pods.values().forEach(pod -> podLines.append(pod.line()));
        Files.writeString(podsFile, podLines);
    }
}

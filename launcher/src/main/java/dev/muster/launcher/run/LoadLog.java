package dev.muster.launcher.run;

import dev.muster.bus.StressAccepted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the pods said of their load, beat by beat, on the run's one clock. Safe to use from any thread. */
final class LoadLog {
    private static final double NANOS = 1e9;

    private final Map<String, PodLoad> pods = new LinkedHashMap<>();
    private final List<Beat> beats = new ArrayList<>();

    /**
     * What was seen at one moment.
     *
     * @param seconds since the load's begin
     * @param asked cores that the profile wants of all pods together
     * @param requested cores that the pods were asked for since the beat before
     * @param delivered cores that they got
     * @param pods that answered
     * @param working of those the ones that have burnt CPU
     * @param cluster what the Kubernetes API said; null where it is not asked, or did not answer
     */
    record Beat(
            double seconds,
            double asked,
            double requested,
            double delivered,
            int pods,
            int working,
            Autoscaler.@Nullable View cluster) {
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

    /** One pod's books. */
    private static final class PodLoad {
        private final StressAccepted first;
        private final double joined;
        private StressAccepted last;
        private double at;
        private @Nullable Double worked;

        PodLoad(StressAccepted first, double now) {
            this.first = first;
            this.last = first;
            this.joined = now;
            this.at = now;
        }

        /** Cores asked for and got since its last answer. */
        double[] take(StressAccepted answer, double now) {
            double time = now - at;
            var cores = time <= 0
                    ? new double[2]
                    : new double[] {
                        (answer.requestedNanos() - last.requestedNanos()) / NANOS / time,
                        (answer.deliveredNanos() - last.deliveredNanos()) / NANOS / time
                    };
            last = answer;
            at = now;
            if (worked == null && answer.deliveredNanos() > first.deliveredNanos()) {
                worked = now;
            }
            return cores;
        }

        private String line() {
            return String.format(
                    Locale.ROOT,
                    "%s,%s,%.3f,%.3f,%s,%.3f,%.3f%n",
                    last.pod(),
                    last.node() == null ? "" : last.node(),
                    last.cores(),
                    joined,
                    worked == null ? "" : String.format(Locale.ROOT, "%.3f", worked),
                    (last.requestedNanos() - first.requestedNanos()) / NANOS,
                    (last.deliveredNanos() - first.deliveredNanos()) / NANOS);
        }
    }

    /**
     * Takes a beat in.
     *
     * @param answers of the pods, by instance
     */
    synchronized void beat(
            double seconds, double asked, Map<String, StressAccepted> answers, Autoscaler.@Nullable View cluster) {
        double requested = 0;
        double delivered = 0;
        int working = 0;
        for (var answer : answers.entrySet()) {
            var pod = pods.computeIfAbsent(answer.getKey(), instance -> new PodLoad(answer.getValue(), seconds));
            var cores = pod.take(answer.getValue(), seconds);
            requested += cores[0];
            delivered += cores[1];
            working += pod.worked == null ? 0 : 1;
        }
        beats.add(new Beat(seconds, asked, requested, delivered, answers.size(), working, cluster));
    }

    /** The newest. */
    synchronized Optional<Beat> last() {
        return beats.isEmpty() ? Optional.empty() : Optional.of(beats.get(beats.size() - 1));
    }

    synchronized List<Beat> beats() {
        return List.copyOf(beats);
    }

    /** When pods that joined after the load's begin first burnt CPU, in order. */
    synchronized List<Double> newPodsWorked() {
        double begin = beats.isEmpty() ? 0 : beats.get(0).seconds();
        return pods.values().stream()
                .filter(pod -> pod.joined > begin)
                .flatMap(pod -> Optional.ofNullable(pod.worked).stream())
                .sorted()
                .toList();
    }

    synchronized void write(Path beatsFile, Path podsFile) throws IOException {
        var lines = new StringBuilder("seconds,asked,requested,delivered,pods,working,wanted,replicas,ready,nodes\n");
        beats.forEach(beat -> lines.append(beat.line()));
        Files.writeString(beatsFile, lines);
        var podLines = new StringBuilder("pod,node,cores,joined_s,first_work_s,requested_s,delivered_s\n");
        pods.values().forEach(pod -> podLines.append(pod.line()));
        Files.writeString(podsFile, podLines);
    }
}

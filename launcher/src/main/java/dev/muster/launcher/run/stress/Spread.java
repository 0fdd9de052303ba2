package dev.muster.launcher.run.stress;

import dev.muster.launcher.run.stress.BalanceClient.Answer;
import dev.muster.measure.Distribution;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who answered how many requests, and how fast, before and after the one to {@code /stress}. Safe to use from any thread. */
final class Spread {
    private static final int GOOD = 200;
    private static final int ACCEPTED = 202;

    private final Map<Phase, Map<String, PodAnswers>> byPhase = new EnumMap<>(Phase.class);
    private long failed;
    private String stressed = "";

    /** When. */
    enum Phase {
        BEFORE,
        AFTER
    }

    /** What one pod answered. */
    private static final class PodAnswers {
        private final Distribution nanos = new Distribution();
        private long failed;
    }

    Spread() {
        for (var phase : Phase.values()) {
            byPhase.put(phase, new TreeMap<>());
        }
    }

    /** Takes an answer in; of a request without one, null. One that does not say which pod gave it tells nothing. */
    synchronized void answered(Phase phase, @Nullable Answer answer, long nanos) {
        var pod = answer == null || answer.pod().isEmpty() ? "-" : answer.pod();
        var answers = of(phase).computeIfAbsent(pod, name -> new PodAnswers());
        if (answer != null && answer.status() == GOOD && !answer.pod().isEmpty()) {
            answers.nanos.record(nanos);
        } else {
            answers.failed++;
            failed++;
        }
    }

    private Map<String, PodAnswers> of(Phase phase) {
        var answers = byPhase.get(phase);
        if (answers == null) {
            throw new IllegalStateException("made with every phase");
        }
        return answers;
    }

    /** Takes in the answer to the one request to {@code /stress}; returns whether a pod has taken the load. */
    synchronized boolean stressed(Answer answer) {
        stressed = answer.status() == ACCEPTED ? answer.pod() : "";
        return isStressed();
    }

    /** Whether a pod has taken the load. */
    synchronized boolean isStressed() {
        return !stressed.isEmpty();
    }

    synchronized long failed() {
        return failed;
    }

    /** All latencies of a phase, in nanoseconds. */
    synchronized Distribution latencies(Phase phase) {
        var all = new Distribution();
        of(phase).values().forEach(answers -> all.add(answers.nanos));
        return all;
    }

    /** How many good answers each pod gave. */
    synchronized Map<String, Long> answers() {
        var all = new TreeMap<String, Long>();
        byPhase.values()
                .forEach(pods -> pods.forEach((pod, answers) -> {
                    if (answers.nanos.count() > 0) {
                        all.merge(pod, answers.nanos.count(), Long::sum);
                    }
                }));
        return all;
    }

    /** A line for each phase and pod, and which pod took the load. */
    synchronized void write(Path file) throws IOException {
        var lines = new StringBuilder("phase,pod,stressed,requests,failed,share,p50_ms,p99_ms,max_ms\n");
        byPhase.forEach((phase, pods) -> {
            long all =
                    pods.values().stream().mapToLong(pod -> pod.nanos.count()).sum();
            pods.forEach((pod, answers) -> lines.append(line(phase, pod, answers, all)));
        });
        Files.writeString(file, lines);
    }

    private String line(Phase phase, String pod, PodAnswers answers, long all) {
        var summary = Summary.of(Unit.NANOSECONDS, answers.nanos).in(Unit.MILLISECONDS);
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,%d,%d,%.4f,%s,%s,%s%n",
                phase.name().toLowerCase(Locale.ROOT),
                pod,
                pod.equals(stressed),
                answers.nanos.count(),
                answers.failed,
                all == 0 ? 0.0 : (double) answers.nanos.count() / all,
                number(summary.p50()),
                number(summary.p99()),
                number(summary.max()));
    }

    private static String number(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.3f", value);
    }
}

package dev.muster.kube;

import dev.muster.kube.PodLife.ImagePull;
import dev.muster.kube.PodLife.Stage;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads from pods and their events which stages they have reached, and when by their own word. */
final class PodStages {
    private static final long NANOS = 1_000_000_000L;
    private static final Map<String, Stage> CONDITIONS = Map.of(
            "PodScheduled", Stage.SCHEDULED,
            "PodReadyToStartContainers", Stage.SANDBOX,
            "Ready", Stage.READY);

    /** As a kubelet writes it: {@code Successfully pulled image "x" in 1.2s (3s including waiting). Image size: 7 bytes.} */
    private static final Pattern PULLED = Pattern.compile(
            "Successfully pulled image \".*\" in ([0-9a-z.\u00b5]+)(?: .*?Image size: (\\d+) bytes)?.*",
            Pattern.DOTALL);

    /** A duration of Go: {@code 1m2.5s}, {@code 812ms}. */
    private static final Pattern PART = Pattern.compile("([0-9.]+)(h|ms|m|us|\u00b5s|ns|s)");

    private static final Map<String, Double> UNITS =
            Map.of("h", 3600e9, "m", 60e9, "s", 1e9, "ms", 1e6, "us", 1e3, "\u00b5s", 1e3, "ns", 1.0);

    private PodStages() {}

    /** The stages that a pod has reached, in epoch nanoseconds. {@link Stage#PULLED} is told by events alone. */
    static Map<Stage, Long> of(Pod pod) {
        var reached = new EnumMap<Stage, Long>(Stage.class);
        long created = instant(pod.getMetadata().getCreationTimestamp()).orElse(0L);
        reached.put(Stage.CREATED, created);
        var status = pod.getStatus();
        if (status == null) {
            return reached;
        }
        for (var condition : status.getConditions()) {
            var stage = CONDITIONS.get(condition.getType());
            if (stage != null && "True".equals(condition.getStatus())) {
                reached.put(stage, instant(condition.getLastTransitionTime()).orElse(created));
            }
        }
        started(status).ifPresent(at -> reached.put(Stage.STARTED, at));
        if ("Running".equals(status.getPhase())) {
            reached.put(Stage.RUNNING, started(status).orElse(created));
        }
        return reached;
    }

    /** When the last of its containers began; empty when one has not. */
    private static Optional<Long> started(PodStatus status) {
        var begun =
                status.getContainerStatuses().stream().map(PodStages::started).toList();
        return begun.isEmpty() || begun.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : begun.stream().flatMap(Optional::stream).max(Long::compare);
    }

    private static Optional<Long> started(ContainerStatus container) {
        return Stream.of(container.getState(), container.getLastState())
                .filter(Objects::nonNull)
                .map(PodStages::started)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Long> started(ContainerState state) {
        if (state.getRunning() != null) {
            return instant(state.getRunning().getStartedAt());
        }
        return state.getTerminated() == null
                ? Optional.empty()
                : instant(state.getTerminated().getStartedAt());
    }

    /** When an event happened, by its own word. */
    static Optional<Long> at(Event event) {
        return Stream.of(event.getFirstTimestamp(), event.getLastTimestamp())
                .flatMap(text -> instant(text).stream())
                .findFirst()
                .or(() -> Optional.ofNullable(event.getEventTime()).flatMap(time -> instant(time.getTime())));
    }

    /** What an event {@code Pulled} says of an image. */
    static ImagePull pull(Event event) {
        var matcher = PULLED.matcher(Objects.requireNonNullElse(event.getMessage(), ""));
        if (!matcher.matches()) {
            return new ImagePull(0, 0, true); // "Container image ... already present on machine"
        }
        var bytes = matcher.group(2);
        return new ImagePull(duration(matcher.group(1)), bytes == null ? 0 : Long.parseLong(bytes), false);
    }

    private static long duration(String text) {
        double nanos = 0;
        var part = PART.matcher(text);
        while (part.find()) {
            nanos += Double.parseDouble(part.group(1)) * UNITS.getOrDefault(part.group(2), 0.0);
        }
        return Math.round(nanos);
    }

    private static Optional<Long> instant(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var instant = Instant.parse(text);
            return Optional.of(instant.getEpochSecond() * NANOS + instant.getNano());
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}

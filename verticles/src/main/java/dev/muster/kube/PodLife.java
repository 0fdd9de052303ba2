package dev.muster.kube;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an API server has told of one pod so far.
 *
 * @param uid by which a pod that replaces another of the same name is told from it
 * @param node empty before it is scheduled
 * @param stages that it has reached
 * @param pull of its images; empty before the kubelet said that they are there
 * @param deleted whether it is gone
 */
public record PodLife(
        String uid,
        String namespace,
        String name,
        String node,
        Map<Stage, Told> stages,
        Optional<ImagePull> pull,
        boolean deleted) {
    /** What a pod goes through, in its order. */
    public enum Stage {
        CREATED("created"),
        SCHEDULED("scheduled"),
        /** Its sandbox has a network: the condition {@code PodReadyToStartContainers}. */
        SANDBOX("sandbox"),
        /** Its images are there, by the event {@code Pulled}. */
        PULLED("pulled"),
        /** All of its containers have begun. */
        STARTED("started"),
        /** Its phase is {@code Running}. */
        RUNNING("running"),
        READY("ready");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        /** As files and metrics name it. */
        public String word() {
            return word;
        }
    }

    /**
     * When a stage was reached.
     *
     * @param apiNanos what the object itself says, by the clock of whoever wrote it; whole seconds, but of events
     * @param seenNanos when the watch told it, by this machine's clock
     * @param listed whether it was in the first list: then it had happened before anybody watched, and {@code seenNanos}
     *     says nothing
     */
    public record Told(long apiNanos, long seenNanos, boolean listed) {}

    /**
     * The images of a pod.
     *
     * @param nanos how long the kubelet pulled them, waiting for its turn not included; 0 when they were there
     * @param bytes of the images that were pulled
     * @param present whether none had to be pulled
     */
    public record ImagePull(long nanos, long bytes, boolean present) {
        ImagePull and(ImagePull other) {
            return new ImagePull(nanos + other.nanos, bytes + other.bytes, present && other.present);
        }
    }

    public PodLife {
        stages = Map.copyOf(stages);
    }

    /** When the watch told of a stage; empty when it did not, or before anybody watched. */
    public Optional<Long> seen(Stage stage) {
        return Optional.ofNullable(stages.get(stage))
                .filter(told -> !told.listed())
                .map(Told::seenNanos);
    }

    static PodLife unknown(String uid, String namespace, String name) {
        return new PodLife(uid, namespace, name, "", Map.of(), Optional.empty(), false);
    }

    /** The same after news: what was known of a stage stays, since a pod reaches it once. */
    PodLife with(String newNode, Map<Stage, Told> news) {
        var all = new EnumMap<Stage, Told>(Stage.class);
        all.putAll(news);
        all.putAll(stages);
        return new PodLife(uid, namespace, name, newNode.isEmpty() ? node : newNode, all, pull, deleted);
    }

    PodLife with(ImagePull image, Told told) {
        var all = new EnumMap<Stage, Told>(Stage.class);
        all.putAll(stages);
        all.put(Stage.PULLED, told); // the last image is the one that it waits for
        var whole = pull.map(before -> before.and(image)).orElse(image);
        return new PodLife(uid, namespace, name, node, all, Optional.of(whole), deleted);
    }

    PodLife gone() {
        return new PodLife(uid, namespace, name, node, stages, pull, true);
    }
}

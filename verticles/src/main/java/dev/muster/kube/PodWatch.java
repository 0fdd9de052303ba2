package dev.muster.kube;

import dev.muster.kube.PodLife.Stage;
import dev.muster.kube.PodLife.Told;
import dev.muster.measure.EpochClock;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The API's view of pods: what it tells of each, and at which instant. Begin to watch before the pods are made, so that
 * every stage is told by the watch. Starting and closing block, all else does not; safe to use from any thread.
 */
public final class PodWatch implements AutoCloseable {
    private static final String PULLED = "Pulled";

    private final KubernetesClient client;
    private final EpochClock clock = EpochClock.system();
    /** By uid; guarded by this object. */
    private final Map<String, PodLife> pods = new HashMap<>();
    /** Images of pods that are not known, or not yet: events and pods come by ways of their own. */
    private final Map<String, Image> images = new HashMap<>();

    private int lists;

    private record Image(PodLife.ImagePull pull, Told told) {
        Image and(Image next) {
            return new Image(pull.and(next.pull), next.told);
        }
    }

    private PodWatch(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Lists the pods of a namespace and watches them from then on, and their events.
     *
     * @param selector of labels, such as {@code app=minion}; empty for all pods
     * @throws IOException when the API server refuses, or can't be reached; needed are {@code list} and {@code watch} on
     *     {@code pods} and {@code events}
     */
    public static PodWatch start(Access access, String namespace, String selector) throws IOException {
        var watch = new PodWatch(access.client());
        try {
            watch.begin(namespace, selector);
            return watch;
        } catch (KubernetesClientException e) {
            watch.close();
            throw new IOException(
                    "the pods in namespace " + namespace + " of " + access.server() + " can't be watched: "
                            + ApiClient.text(e) + "; needed are list and watch on pods and events",
                    e);
        }
    }

    private void begin(String namespace, String selector) {
        var all = client.pods().inNamespace(namespace);
        var chosen = selector.isEmpty() ? all : all.withLabelSelector(selector);
        chosen.runnableInformer(0)
                .addEventHandler(new Pods())
                .exceptionHandler((started, cause) -> started) // once it has begun it goes on, whatever happens
                .run();
        client.v1()
                .events()
                .inNamespace(namespace)
                .withField("reason", PULLED)
                .runnableInformer(0)
                .addEventHandler(new Events())
                .exceptionHandler((started, cause) -> started)
                .run();
    }

    /** All pods that there are or were, as far as the watch has told. */
    public synchronized List<PodLife> pods() {
        return List.copyOf(pods.values());
    }

    /** How many pods have reached a stage, those that are gone included. */
    public synchronized long reached(Stage stage) {
        return pods.values().stream()
                .filter(pod -> pod.stages().containsKey(stage))
                .count();
    }

    /** How many pods the API has said so far to have come to each of the stages that are drawn over time, by name. */
    public Map<String, Double> gauges() {
        return Stream.of(PodGauge.values())
                .collect(Collectors.toMap(PodGauge::id, gauge -> (double) reached(gauge.stage())));
    }

    /** How often the pods had to be listed anew: what changed before that is told late. */
    public synchronized int relists() {
        return Math.max(0, lists - 1);
    }

    /** Ends the watch; what it has told can still be read. */
    @Override
    public void close() {
        client.close();
    }

    private synchronized void take(Pod pod, UnaryOperator<PodLife> more) {
        long now = clock.nanos();
        var metadata = pod.getMetadata();
        var news = new HashMap<Stage, Told>();
        boolean listed = lists == 0;
        PodStages.of(pod).forEach((stage, at) -> news.put(stage, new Told(at, now, listed)));
        var node = Optional.ofNullable(pod.getSpec().getNodeName()).orElse("");
        var known = pods.computeIfAbsent(
                metadata.getUid(), uid -> PodLife.unknown(uid, metadata.getNamespace(), metadata.getName()));
        var life = more.apply(known.with(node, news));
        var image = images.remove(metadata.getUid());
        pods.put(metadata.getUid(), image == null ? life : life.with(image.pull(), image.told()));
    }

    private synchronized void take(Event event, boolean listed) {
        var uid = Optional.ofNullable(event.getInvolvedObject().getUid()).orElse("");
        long now = clock.nanos();
        long at = PodStages.at(event).orElse(now);
        var image = new Image(PodStages.pull(event), new Told(at, now, listed));
        var life = pods.get(uid);
        if (life == null) {
            images.merge(uid, image, Image::and);
        } else {
            pods.put(uid, life.with(image.pull(), image.told()));
        }
    }

    private synchronized void listed() {
        lists++;
    }

    /** On a thread of the client's. */
    private final class Pods implements ResourceEventHandler<Pod> {
        @Override
        public void onList(String version, boolean remainedEmpty) {
            listed();
        }

        @Override
        public void onAdd(Pod pod) {
            take(pod, life -> life);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            take(pod, life -> life);
        }

        @Override
        public void onDelete(Pod pod, boolean unknown) {
            take(pod, PodLife::gone);
        }
    }

    /** On a thread of the client's. An event that comes again is an update, and tells nothing new. */
    private final class Events implements ResourceEventHandler<Event> {
        private boolean watching;

        @Override
        public void onList(String version, boolean remainedEmpty) {
            watching = true;
        }

        @Override
        public void onAdd(Event event) {
            take(event, !watching);
        }

        @Override
        public void onUpdate(Event before, Event event) {}

        @Override
        public void onDelete(Event event, boolean unknown) {}
    }
}

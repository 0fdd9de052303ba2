package dev.muster.informer;

import dev.muster.kube.Access;
import dev.muster.kube.Reflector;
import dev.muster.kube.Resource;
import dev.muster.kube.WatchEvent;
import dev.muster.measure.EpochClock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * fabric8's informer, which lists, watches, makes objects of all that comes and keeps them, in threads of its own. It
 * drops what it has had before. It is told nothing of its watch, so its requests are listened to.
 */
final class Fabric8Feed implements Feed {
    private final Vertx vertx;
    private final Access access;
    private final Reflector.Settings settings;
    private final Reflector.Listener listener;
    private final HandOver handOver;
    private final WatchLife watch;
    private @Nullable KubernetesClient client;

    Fabric8Feed(
            Vertx vertx, Context eventLoop, Access access, Reflector.Settings settings, Reflector.Listener listener) {
        this.vertx = vertx;
        this.access = access;
        this.settings = settings;
        this.listener = listener;
        this.handOver = new HandOver(eventLoop);
        this.watch = new WatchLife(listener);
    }

    @Override
    public Future<Void> start() {
        return vertx.executeBlocking(
                        () -> {
                            var made = access.client(transport ->
                                    transport.addOrReplaceInterceptor("muster", new Requests(handOver, watch)));
                            // A watch over a WebSocket is not told to an interceptor, and has no other use here.
                            made.getConfiguration().setOnlyHttpWatches(true);
                            try {
                                begin(made);
                                return made;
                            } catch (RuntimeException e) {
                                made.close();
                                throw e;
                            }
                        },
                        false)
                .onSuccess(made -> client = made)
                .mapEmpty();
    }

    private void begin(KubernetesClient made) {
        switch (settings.resource().text()) {
            case "configmaps" -> inform(chosen(made.configMaps()));
            case "pods" -> inform(chosen(made.pods()));
            default -> inform(chosen(made.genericKubernetesResources(definition(settings.resource()))));
        }
    }

    private static ResourceDefinitionContext definition(Resource resource) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(resource.group())
                .withVersion(resource.version())
                .withPlural(resource.plural())
                .withKind(resource.kind())
                .withNamespaced(resource.namespaced())
                .build();
    }

    private <T extends HasMetadata> Informable<T> chosen(
            MixedOperation<T, ?, ? extends io.fabric8.kubernetes.client.dsl.Resource<T>> all) {
        var selector = settings.selector();
        var namespace = settings.namespace().filter(any -> settings.resource().namespaced());
        if (namespace.isPresent()) {
            var there = all.inNamespace(namespace.get());
            return selector.isEmpty() ? there : there.withLabelSelector(selector);
        }
        var everywhere = all.inAnyNamespace();
        return selector.isEmpty() ? everywhere : everywhere.withLabelSelector(selector);
    }

    private <T extends HasMetadata> void inform(Informable<T> objects) {
        objects.runnableInformer(0)
                .addEventHandler(new Handler<T>())
                .exceptionHandler((started, cause) -> started) // once it has begun it goes on, whatever happens
                .run();
    }

    @Override
    public Future<Void> stop() {
        var made = client;
        return made == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(
                        () -> {
                            made.close();
                            return null;
                        },
                        false);
    }

    /** Called by one thread of the informer's at a time. */
    private final class Handler<T extends HasMetadata> implements ResourceEventHandler<T> {
        private final EpochClock clock = EpochClock.system();
        /** What a list tells is known at its end alone. */
        private final Map<String, WatchEvent> known = new HashMap<>();

        private boolean listing;
        private boolean everListed;
        private long began;

        @Override
        public void onBeforeList(@Nullable String version) {
            listing = true;
            began = System.nanoTime();
            handOver.tell(watch::listed);
        }

        @Override
        public void onList(String version, boolean remainedEmpty) {
            listing = false;
            var all = List.copyOf(known.values());
            long nanos = System.nanoTime() - began;
            boolean again = everListed;
            everListed = true;
            handOver.tell(() -> listener.listed(all, again, nanos));
        }

        @Override
        public void onAdd(T object) {
            take(WatchEvent.Type.ADDED, object);
        }

        @Override
        public void onUpdate(T before, T object) {
            take(WatchEvent.Type.MODIFIED, object);
        }

        @Override
        public void onDelete(T object, boolean unknown) {
            take(WatchEvent.Type.DELETED, object);
        }

        private void take(WatchEvent.Type type, T object) {
            long arrived = clock.nanos();
            var event = event(type, object);
            if (type == WatchEvent.Type.DELETED) {
                known.remove(event.key());
            } else {
                known.put(event.key(), event);
            }
            if (!listing) {
                handOver.tell(() -> listener.event(event, arrived));
            }
        }
    }

    private WatchEvent event(WatchEvent.Type type, HasMetadata object) {
        var metadata = object.getMetadata();
        var annotations = Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of());
        return new WatchEvent(
                type,
                Objects.requireNonNullElse(metadata.getNamespace(), ""),
                metadata.getName(),
                Objects.requireNonNullElse(metadata.getResourceVersion(), ""),
                annotations.getOrDefault("scaletest/createTimestamp", ""),
                annotations.getOrDefault("scaletest/updateTimestamp", ""),
                0,
                Objects.requireNonNullElse(metadata.getCreationTimestamp(), ""),
                settings.digest() ? 1L + Integer.toUnsignedLong(object.hashCode()) : 0);
    }
}

package dev.muster.kube;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what a user wants to watch, and whether we may. For the client's event loop. */
public final class Watchable {
    private static final String EVERYWHERE = "*";
    private static final int NOT_ACCEPTABLE = 406;

    private Watchable() {}

    /** What is wrong with the namespace that an option has, in a line; empty when nothing is. */
    public static Optional<String> problem(String option, String namespace) {
        return namespace.equals(EVERYWHERE) || namespace.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
                ? Optional.empty()
                : Optional.of(option + " must be a namespace's name, or *, not '" + namespace + "'");
    }

    /** The namespace that an option means; empty for all of them. */
    public static Optional<String> namespace(String option) {
        return Optional.of(option).filter(name -> !name.equals(EVERYWHERE));
    }

    /**
     * The resource of a name.
     *
     * @param namespace in which it is to be watched; empty for all of them
     * @return fails with a message for the user when there is none, or when we may not list and watch it
     */
    public static Future<Resource> find(ApiClient api, String name, Optional<String> namespace) {
        var found = name.equals(Resource.CONFIG_MAPS.plural())
                ? Future.succeededFuture(Resource.CONFIG_MAPS)
                : new Discovery(api).find(name);
        return found.compose(resource -> allowed(api, resource, namespace).map(resource));
    }

    /**
     * Finds out whether the server can write objects of a kind so. It promises that for every kind, and then ends each watch
     * without a word when it should write the first event; of a list that is not empty it says so.
     *
     * @return fails with what the server says when it can't
     */
    public static Future<Void> writable(
            ApiClient api, Resource resource, Optional<String> namespace, Encoding encoding) {
        if (encoding == Encoding.JSON) {
            return Future.succeededFuture();
        }
        return api.ask(ApiRequest.get(resource.path(namespace) + "?limit=1", encoding.mediaType()))
                .compose(answer -> answer.status() == NOT_ACCEPTABLE
                        ? Future.failedFuture(new RefusedException(answer))
                        : Future.succeededFuture());
    }

    private static Future<Void> allowed(ApiClient api, Resource resource, Optional<String> namespace) {
        var wanted = Stream.of("list", "watch")
                .map(verb -> Permission.of(verb, resource, namespace.orElse("")))
                .toList();
        return new Review(api)
                .missing(wanted)
                .compose(missing -> missing.isEmpty()
                        ? Future.succeededFuture()
                        : Future.failedFuture(Permission.missing(missing)));
    }
}

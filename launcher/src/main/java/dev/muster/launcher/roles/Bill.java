package dev.muster.launcher.roles;

import dev.muster.kube.Access;
import dev.muster.kube.KubeOptions;
import dev.muster.launcher.options.Options;
import dev.muster.node.Deployment;
import dev.muster.node.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a role is made of.
 *
 * @param options the interface of its options
 * @param problems what annotations can't check
 * @param deployments makes its verticles
 * @param ports those of its options that are ports to listen on
 * @param database its option that names a database, for which an embedded one is started when it is not given
 * @param follows options that, when not given, are set to where another role of the process listens, by its part's name
 * @param onKube whether it talks with an API server, so that the options that say with which one apply too
 * @param <O> the interface of its options
 */
record Bill<O>(
        Class<O> options,
        Function<O, List<String>> problems,
        Maker<O> deployments,
        List<String> ports,
        Optional<String> database,
        Map<String, String> follows,
        boolean onKube) {
    /** Makes verticles. */
    private interface Maker<O> {
        List<Deployment> make(O own, Options all, Node node);
    }

    /** Makes the verticles of a role that talks with an API server. */
    interface OnKube<O> {
        List<Deployment> make(O own, KubeOptions kube, Node node);
    }

    Bill(Class<O> options, Function<O, List<String>> problems, BiFunction<O, Node, List<Deployment>> deployments) {
        this(
                options,
                problems,
                (own, all, node) -> deployments.apply(own, node),
                List.of(),
                Optional.empty(),
                Map.of(),
                false);
    }

    /** Of a role that talks with an API server. */
    static <O> Bill<O> onKube(Class<O> options, Function<O, List<String>> problems, OnKube<O> deployments) {
        return new Bill<>(
                options,
                problems,
                (own, all, node) -> deployments.make(own, all.of(KubeOptions.class), node),
                List.of(),
                Optional.empty(),
                Map.of(),
                true);
    }

    Bill<O> listeningOn(String... portOptions) {
        return new Bill<>(options, problems, deployments, List.of(portOptions), database, follows, onKube);
    }

    Bill<O> storingIn(String databaseOption) {
        return new Bill<>(options, problems, deployments, ports, Optional.of(databaseOption), follows, onKube);
    }

    Bill<O> following(String option, String part) {
        return new Bill<>(options, problems, deployments, ports, database, Map.of(option, part), onKube);
    }

    List<String> problems(Options given) {
        var own = problems.apply(given.of(options));
        return onKube
                ? Stream.concat(own.stream(), Access.problems(given.of(KubeOptions.class)).stream())
                        .toList()
                : own;
    }

    List<Deployment> deployments(Options given, Node node) {
        return deployments.make(given.of(options), given, node);
    }
}

package dev.muster.launcher.roles;

import dev.muster.launcher.options.Options;
import dev.muster.node.Deployment;
import dev.muster.node.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a role is made of.
 *
 * @param options the interface of its options
 * @param problems what annotations can't check
 * @param deployments makes its verticles
 * @param ports those of its options that are ports to listen on
 * @param database its option that names a database, for which an embedded one is started when it is not given
 * @param follows options that, when not given, are set to where another role of the process listens, by its part's name
 * @param <O> the interface of its options
 */
record Bill<O>(
        Class<O> options,
        Function<O, List<String>> problems,
        BiFunction<O, Node, List<Deployment>> deployments,
        List<String> ports,
        Optional<String> database,
        Map<String, String> follows) {
    Bill(Class<O> options, Function<O, List<String>> problems, BiFunction<O, Node, List<Deployment>> deployments) {
        this(options, problems, deployments, List.of(), Optional.empty(), Map.of());
    }

    Bill<O> listeningOn(String... portOptions) {
        return new Bill<>(options, problems, deployments, List.of(portOptions), database, follows);
    }

    Bill<O> storingIn(String databaseOption) {
        return new Bill<>(options, problems, deployments, ports, Optional.of(databaseOption), follows);
    }

    Bill<O> following(String option, String part) {
        return new Bill<>(options, problems, deployments, ports, database, Map.of(option, part));
    }

    List<String> problems(Options given) {
        return problems.apply(given.of(options));
    }

    List<Deployment> deployments(Options given, Node node) {
        return deployments.apply(given.of(options), node);
    }
}

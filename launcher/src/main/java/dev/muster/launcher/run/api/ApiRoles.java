package dev.muster.launcher.run.api;

import dev.muster.launcher.run.Processes;
import dev.muster.launcher.run.Run;
import dev.muster.launcher.run.api.ApiOptions.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The roles of a run of {@code api} as command lines. The first driver, watcher and informer are in the process of the run,
 * each further one has a process of its own; the drivers share objects, rate and population.
 */
final class ApiRoles {
    private static final String NAMESPACE = "scaletest";
    private static final String RESOURCE = "configmaps";

    private final ApiOptions options;
    private final Run run;
    private final String id;
    private final List<String> server;

    /** @param server the options that say which API server */
    ApiRoles(Run run, List<String> server) {
        this.run = run;
        this.options = run.options(ApiOptions.class);
        this.id = run.folder().run().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        this.server = server;
    }

    /** Whether all are in one process. */
    boolean isAlone() {
        return options.drivers() == 1 && options.watchers() == 1;
    }

    /** Of the run's own process. */
    List<String> own() {
        var all = new ArrayList<String>();
        all.add("--role=" + (isAlone() ? "" : "collector,") + "watcher,informer,driver");
        all.addAll(watching());
        all.addAll(List.of(
                "--informer-resource=" + RESOURCE,
                "--informer-namespace=" + NAMESPACE,
                "--informer-selector=muster/run=" + id,
                "--informer-engine=" + word(options.informer()),
                "--informer-workers=" + options.informerWorkers()));
        all.addAll(driving(0));
        all.add(csv("operations.csv"));
        all.addAll(server);
        return all;
    }

    /** Starts all others, and tells the instances of the drivers among them. */
    List<String> startOthers(Processes processes) {
        var drivers = new ArrayList<String>();
        for (int i = 1; i < options.watchers(); i++) {
            processes.start("watcher-" + (i + 1), other("watcher", watching()));
        }
        for (int i = 1; i < options.drivers(); i++) {
            var name = "driver-" + (i + 1);
            var arguments = new ArrayList<>(driving(i));
            arguments.add(csv("operations-" + (i + 1) + ".csv"));
            processes.start(name, other("driver", arguments));
            drivers.add(processes.instance(name));
        }
        return drivers;
    }

    private List<String> other(String role, List<String> arguments) {
        var all = new ArrayList<>(List.of("--role=" + role));
        all.addAll(arguments);
        all.addAll(server);
        return all;
    }

    private List<String> watching() {
        return List.of(
                "--watcher-resource=" + RESOURCE,
                "--watcher-namespace=" + NAMESPACE,
                "--watcher-selector=muster/run=" + id);
    }

    /** Of the only driver, where the others and the way to the server are there already. */
    List<String> driver() {
        return driving(0);
    }

    private List<String> driving(int index) {
        int drivers = options.drivers();
        return List.of(
                "--driver-hold",
                "--driver-timeout=" + ApiExperiment.TIMEOUT.toMillis() + "ms",
                "--driver-endpoints=",
                "--driver-resource=" + RESOURCE,
                "--driver-run-id=" + id,
                "--driver-namespace=" + NAMESPACE,
                "--driver-mode=" + word(options.mode()),
                "--driver-rate=" + (double) options.rate() / drivers,
                "--driver-objects=" + share(options.objects(), drivers, index),
                "--driver-max-population=" + population(drivers),
                "--driver-create-bytes=" + options.bytes(),
                "--driver-threads=" + options.threads(),
                "--driver-updates=" + options.updates(),
                "--driver-connections=" + options.connections(),
                "--driver-warm-up=" + options.warmUp() / drivers);
    }

    private String csv(String file) {
        return "--driver-csv=" + run.folder().file(file);
    }

    /** A closed driver needs room for each of its workers. */
    private int population(int drivers) {
        int least = options.mode() == Mode.CLOSED ? (1 + options.updates()) * options.threads() : 1;
        return Math.max(least, options.population() / drivers);
    }

    /** Of so many things those that one of several gets: the first ones get what is left over. */
    static int share(int all, int parts, int index) {
        return all / parts + (index < all % parts ? 1 : 0);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

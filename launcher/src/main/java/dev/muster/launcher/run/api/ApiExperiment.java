package dev.muster.launcher.run.api;

import dev.muster.kube.Access;
import dev.muster.kube.KubeOptions;
import dev.muster.kube.LocalServer;
import dev.muster.kube.ServerBinaries;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.guard.Cluster;
import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.Options;
import dev.muster.launcher.run.Deployed;
import dev.muster.launcher.run.Experiment;
import dev.muster.launcher.run.Findings;
import dev.muster.launcher.run.Run;
import dev.muster.launcher.run.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What load an API server takes, and how late a watcher hears of each change. */
public final class ApiExperiment implements Experiment {
    private static final String NAMESPACE = "scaletest";
    /** After which the driver gives an answer up. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final String DRIVER = "driver";
    private static final String WATCHER = "watcher";
    private static final String INFORMER = "informer";

    /** The options that lead to the cluster that the user has agreed to; empty before. */
    private final List<String> way;

    public ApiExperiment() {
        this(List.of());
    }

    private ApiExperiment(List<String> way) {
        this.way = List.copyOf(way);
    }

    @Override
    public String name() {
        return "api";
    }

    @Override
    public String summary() {
        return "what load the API server takes, and how late watchers hear of a change";
    }

    @Override
    public OptionGroup options() {
        return OptionGroup.of("experiment api", ApiOptions.class);
    }

    @Override
    public Map<String, String> shared() {
        return Map.of("count", "--objects", "warm-up", "--warm-up");
    }

    @Override
    public List<String> problems(Options all) {
        var options = all.of(ApiOptions.class);
        var problems = new ArrayList<String>();
        if (options.mode() == ApiOptions.Mode.OPEN && options.rate() == 0) {
            problems.add("--rate must be 1 to 100000 when the load is open, not 0: a rate is what it is made of");
        }
        long least = (1L + options.updates()) * options.threads();
        if (options.mode() == ApiOptions.Mode.CLOSED && options.population() < least) {
            problems.add("--population must be at least (1 + --updates) * --threads, " + least + ", not "
                    + options.population());
        }
        if (options.drivers() > options.objects()) {
            problems.add("--drivers must be at most --objects, " + options.objects() + ", not " + options.drivers());
        }
        if (isDeployed(all) && (options.drivers() > 1 || options.watchers() > 1)) {
            problems.add("--drivers and --watchers can't stand with --on=kubernetes: there is one pod of each");
        }
        if (options.server() == ApiOptions.Server.LOCAL
                && (options.kubeconfig() != null || options.context() != null)) {
            problems.add("--server=local reads no kubeconfig: leave --kubeconfig and --kube-context out, or the other");
        }
        problems.addAll(Access.problems(chosen(options)));
        return problems;
    }

    private static KubeOptions chosen(ApiOptions options) {
        return new Cluster.Chosen(options.kubeconfig(), options.context(), options.kubeServer(), options.insecure());
    }

    @Override
    public Map<String, String> parameters(Options all) {
        var options = all.of(ApiOptions.class);
        var chosen = new LinkedHashMap<String, String>();
        chosen.put("server", ApiRoles.word(options.server()));
        chosen.put("mode", ApiRoles.word(options.mode()));
        chosen.put("rate", String.valueOf(options.rate()));
        chosen.put("objects", String.valueOf(options.objects()));
        chosen.put("population", String.valueOf(options.population()));
        chosen.put("bytes", String.valueOf(options.bytes()));
        chosen.put("connections", String.valueOf(options.connections()));
        if (options.mode() == ApiOptions.Mode.CLOSED) {
            chosen.put("threads", String.valueOf(options.threads()));
            chosen.put("updates", String.valueOf(options.updates()));
        }
        chosen.put("informer", ApiRoles.word(options.informer()));
        chosen.put("informer-workers", String.valueOf(options.informerWorkers()));
        chosen.put("drivers", String.valueOf(options.drivers()));
        chosen.put("watchers", String.valueOf(options.watchers()));
        chosen.put("warm-up", String.valueOf(options.warmUp()));
        chosen.put("timeout", all.of(RunOptions.class).timeout().toMillis() + "ms");
        return chosen;
    }

    @Override
    public Findings run(Run run) throws IOException {
        var options = run.options(ApiOptions.class);
        if (options.server() == ApiOptions.Server.CLUSTER) {
            return run(run, way);
        }
        try (var server = local(run)) {
            return run(
                    run,
                    List.of(
                            "--kubeconfig=" + server.kubeconfig(),
                            "--kube-context=muster-local",
                            "--kube-server=" + server.url(),
                            "--kube-insecure=false"));
        }
    }

    private static LocalServer local(Run run) {
        var progress = run.progress();
        try {
            var binaries = new ServerBinaries(run.environment(), progress::now).find();
            progress.now("starting etcd and kube-apiserver");
            var folder = Files.createTempDirectory("muster-apiserver-");
            return LocalServer.start(new LocalServer.Settings(binaries, folder, List.of()));
        } catch (IOException e) {
            throw new StartException("--server=local: " + e.getMessage(), e);
        } finally {
            progress.close();
        }
    }

    /** Before a cluster is loaded that others may use: what it is, and what is about to happen to it. */
    @Override
    public Experiment agreed(Options all, Map<String, String> environment, Consumer<String> out) {
        var options = all.of(ApiOptions.class);
        if (options.server() == ApiOptions.Server.LOCAL || isDeployed(all)) {
            return this;
        }
        boolean patches = options.mode() == ApiOptions.Mode.CLOSED && options.updates() > 0;
        var cluster = Cluster.look(chosen(options), environment, NAMESPACE, patches);
        var plan = "about to create and delete " + options.objects() + " ConfigMaps of " + options.bytes()
                + " bytes in namespace " + NAMESPACE + ", at most " + options.population() + " at a time, over "
                + ApiOptions.planned(options).toSeconds() + " s";
        cluster.confirm(plan, options.yes(), out);
        return new ApiExperiment(cluster.way());
    }

    /**
     * @param server which leads to it. All of these are on the command line, which wins over the environment: what is loaded
     *     is what was agreed to, and nothing else.
     */
    private static Findings run(Run run, List<String> server) throws IOException {
        var roles = new ApiRoles(run, server);
        try (var processes = roles.isAlone() ? run.start(roles.own()) : run.startTogether(roles.own())) {
            var drivers = new ArrayList<>(List.of(processes.instance()));
            drivers.addAll(roles.startOthers(processes));
            var before = processes.bus().settled();
            return run.measure(processes, before, new ApiLoad(run, processes.bus(), drivers, 0));
        }
    }

    private static boolean isDeployed(Options all) {
        return all.of(RunOptions.class).on() == RunOptions.Place.KUBERNETES;
    }

    /** Pods with clocks of their own. */
    @Override
    public Findings run(Run run, Deployed deployed) throws IOException {
        deployed.attend(WATCHER, WATCHER);
        deployed.attend(INFORMER, INFORMER);
        deployed.start(DRIVER, DRIVER, new ApiRoles(run, List.of()).driver());
        var driver = deployed.clock(DRIVER);
        var watcher = deployed.clock(WATCHER);
        long error =
                Math.abs(driver.offsetNanos() - watcher.offsetNanos()) + driver.errorNanos() + watcher.errorNanos();
        var load = new ApiLoad(run, deployed.bus(), List.of(deployed.instance(DRIVER)), error);
        return run.measure(deployed, deployed.bus().settled(), load);
    }
}

package dev.muster.launcher.run;

import dev.muster.kube.LocalServer;
import dev.muster.kube.ServerBinaries;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.guard.Cluster;
import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What load an API server takes, and how late a watcher hears of each change. */
final class ApiExperiment implements Experiment {
    private static final String NAMESPACE = "scaletest";

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
        if (options.server() == ApiOptions.Server.LOCAL
                && (options.kubeconfig() != null || options.context() != null)) {
            problems.add("--server=local reads no kubeconfig: leave --kubeconfig and --kube-context out, or the other");
        }
        return problems;
    }

    @Override
    public Map<String, String> parameters(Options all) {
        var options = all.of(ApiOptions.class);
        var chosen = new LinkedHashMap<String, String>();
        chosen.put("server", word(options.server()));
        chosen.put("mode", word(options.mode()));
        chosen.put("rate", String.valueOf(options.rate()));
        chosen.put("objects", String.valueOf(options.objects()));
        chosen.put("population", String.valueOf(options.population()));
        chosen.put("bytes", String.valueOf(options.bytes()));
        chosen.put("connections", String.valueOf(options.connections()));
        if (options.mode() == ApiOptions.Mode.CLOSED) {
            chosen.put("threads", String.valueOf(options.threads()));
            chosen.put("updates", String.valueOf(options.updates()));
        }
        chosen.put("warm-up", String.valueOf(options.warmUp()));
        chosen.put("timeout", all.of(RunOptions.class).timeout().toMillis() + "ms");
        return chosen;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Findings run(Run run) throws IOException {
        var options = run.options(ApiOptions.class);
        if (options.server() == ApiOptions.Server.CLUSTER) {
            ask(run, options);
            return run(run, cluster(options));
        }
        try (var server = local(run)) {
            // On the command line, which wins over the environment: nothing leads to another server than this.
            return run(
                    run,
                    List.of(
                            "--kubeconfig=" + server.kubeconfig(),
                            "--kube-context=muster-local",
                            "--kube-server=" + server.url()));
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
    private static void ask(Run run, ApiOptions options) {
        var cluster = Cluster.look(options.kubeconfig(), options.context(), run.environment(), NAMESPACE);
        var plan = "about to create and delete " + options.objects() + " ConfigMaps of " + options.bytes()
                + " bytes in namespace " + NAMESPACE + ", at most " + options.population() + " at a time, over "
                + ApiOptions.planned(options).toSeconds() + " s";
        cluster.confirm(plan, options.yes(), run.progress()::event);
    }

    private static List<String> cluster(ApiOptions options) {
        var arguments = new ArrayList<String>();
        if (options.kubeconfig() != null) {
            arguments.add("--kubeconfig=" + options.kubeconfig());
        }
        if (options.context() != null) {
            arguments.add("--kube-context=" + options.context());
        }
        return arguments;
    }

    private static Findings run(Run run, List<String> server) throws IOException {
        var options = run.options(ApiOptions.class);
        var id = run.folder().run().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        var all = new ArrayList<>(List.of(
                "--role=watcher,driver",
                "--watcher-namespace=" + NAMESPACE,
                "--watcher-selector=muster/run=" + id,
                "--driver-hold",
                "--driver-run-id=" + id,
                "--driver-namespace=" + NAMESPACE,
                "--driver-mode=" + word(options.mode()),
                "--driver-rate=" + options.rate(),
                "--driver-objects=" + options.objects(),
                "--driver-max-population=" + options.population(),
                "--driver-create-bytes=" + options.bytes(),
                "--driver-threads=" + options.threads(),
                "--driver-updates=" + options.updates(),
                "--driver-connections=" + options.connections(),
                "--driver-warm-up=" + options.warmUp(),
                "--driver-csv=" + run.folder().file("operations.csv")));
        all.addAll(server);
        try (var processes = run.start(all)) {
            var before = processes.bus().settled();
            return run.measure(processes, before, new ApiLoad(run, processes.bus()));
        }
    }
}

package dev.muster.launcher.run.api;

import dev.muster.launcher.options.Within;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The parameters of the experiment {@code api}. */
interface ApiOptions {
    @Option(
            names = "--server",
            defaultValue = "cluster",
            paramLabel = "WHICH",
            description =
                    "cluster: the API server of the kubeconfig; local: an etcd and kube-apiserver of its own on this"
                            + " machine, and no kubeconfig is read (default: ${DEFAULT-VALUE}).")
    Server server();

    @Nullable @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "The kubeconfig (default: the files of KUBECONFIG, else ~/.kube/config, else the pod's own"
                    + " service account).")
    Path kubeconfig();

    @Nullable @Option(
            names = "--kube-context",
            paramLabel = "NAME",
            description = "The context of the kubeconfig (default: its current one).")
    String context();

    @Nullable @Option(
            names = "--kube-server",
            paramLabel = "URL",
            description = "Another server than the kubeconfig's, as https://host:port.")
    String kubeServer();

    @Option(names = "--kube-insecure", description = "Takes any certificate of the server.")
    boolean insecure();

    @Option(names = "--yes", description = "Loads the cluster of the kubeconfig without asking first.")
    boolean yes();

    @Option(
            names = "--mode",
            defaultValue = "open",
            paramLabel = "MODE",
            description =
                    "open: objects are created at a rate and deleted after their time, whatever the server does;"
                            + " closed: workers create, patch and delete, each waiting for its answers (default: ${DEFAULT-VALUE}).")
    Mode mode();

    @Option(
            names = "--rate",
            defaultValue = "100",
            paramLabel = "PER-SECOND",
            description = "open: objects created in a second, 1 to 100000; closed: operations in a second, 0 for"
                    + " unlimited (default: ${DEFAULT-VALUE}).")
    @Within(least = "0", most = "100000")
    int rate();

    @Option(
            names = "--objects",
            defaultValue = "2000",
            paramLabel = "N",
            description = "Objects to create, 1 to 100000000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "100000000")
    int objects();

    @Option(
            names = "--population",
            defaultValue = "200",
            paramLabel = "N",
            description = "Objects that are to exist at a time, 1 to 1000000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "1000000")
    int population();

    @Option(
            names = "--bytes",
            defaultValue = "2000",
            paramLabel = "N",
            description = "Payload of an object, 0 to 1000000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "0", most = "1000000")
    int bytes();

    @Option(
            names = "--threads",
            defaultValue = "8",
            paramLabel = "N",
            description = "closed: workers, 1 to 10000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "10000")
    int threads();

    @Option(
            names = "--updates",
            defaultValue = "1",
            paramLabel = "N",
            description = "closed: patches of each object, 0 to 1000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "0", most = "1000")
    int updates();

    @Option(
            names = "--connections",
            defaultValue = "1",
            paramLabel = "N",
            description = "HTTP/2 connections of the driver, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "1000")
    int connections();

    @Option(
            names = "--warm-up",
            defaultValue = "500",
            paramLabel = "N",
            description = "Objects that are created and deleted before the load and not recorded, so that a cold JVM is"
                    + " not what is measured; 0 to 100000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "0", most = "100000")
    int warmUp();

    @Option(
            names = "--informer",
            defaultValue = "raw",
            paramLabel = "ENGINE",
            description =
                    "What the informer lists and watches with: raw, which costs the run little, or fabric8, as Java"
                            + " programs do (default: ${DEFAULT-VALUE}).")
    Informer informer();

    @Option(
            names = "--informer-workers",
            defaultValue = "1",
            paramLabel = "N",
            description = "Workers of the informer, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "1000")
    int informerWorkers();

    @Option(
            names = "--drivers",
            defaultValue = "1",
            paramLabel = "N",
            description = "Drivers, which share objects, rate and population; each further one is a process of its own;"
                    + " 1 to 100 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "100")
    int drivers();

    @Option(
            names = "--watchers",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Watchers, each of which hears of everything; each further one is a process of its own; 1 to 100"
                            + " (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "100")
    int watchers();

    /** What the informer lists and watches with. */
    enum Informer {
        RAW,
        FABRIC8
    }

    /** Which API server. */
    enum Server {
        CLUSTER,
        LOCAL
    }

    /** Who decides when an operation begins. */
    enum Mode {
        OPEN,
        CLOSED
    }

    /** How long the load takes at least, by its own rate. */
    static Duration planned(ApiOptions options) {
        double seconds =
                switch (options.mode()) {
                    case OPEN -> (options.objects() + (double) options.population()) / options.rate();
                    case CLOSED ->
                        options.rate() == 0 ? options.objects() / 10.0 : operations(options) / (double) options.rate();
                };
        return Duration.ofMillis((long) (seconds * 1e3));
    }

    /** Operations in all. */
    static long operations(ApiOptions options) {
        return options.mode() == Mode.OPEN ? 2L * options.objects() : (2L + options.updates()) * options.objects();
    }
}

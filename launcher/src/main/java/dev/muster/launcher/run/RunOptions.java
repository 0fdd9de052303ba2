package dev.muster.launcher.run;

import dev.muster.launcher.options.Within;
import dev.muster.launcher.push.PushTarget;
import dev.muster.launcher.scenario.Sets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every run. */
public interface RunOptions {
    String THRESHOLD = "--threshold";
    String LIST = "--list";
    String FAULTS = "--faults";
    String SCHEMA = "--schema";
    String ON = "--on";
    String ON_NAMESPACE = "--on-namespace";

    @Option(
            names = ON,
            defaultValue = "local",
            paramLabel = "PLACE",
            description =
                    "local: everything on this machine; kubernetes: the roles that kubectl apply -k k8s/EXPERIMENT"
                            + " has deployed in the cluster of KUBECONFIG, or in the one in whose pod this is: their Deployments are"
                            + " scaled, and scaled back at the end (default: ${DEFAULT-VALUE}).")
    Place on();

    @Option(
            names = ON_NAMESPACE,
            defaultValue = "muster",
            paramLabel = "NAME",
            description = "With --on=kubernetes, the namespace of these Deployments (default: ${DEFAULT-VALUE}).")
    String namespace();

    @Option(
            names = "--output",
            defaultValue = "text",
            paramLabel = "FORM",
            description = "text; json: standard output is then the content of summary.json alone; stream: a line of"
                    + " JSON a second while it runs, and the result in the last one (default: ${DEFAULT-VALUE}).")
    Output output();

    @Option(
            names = "--timeout",
            defaultValue = "60s",
            paramLabel = "DURATION",
            description =
                    "How long after the load the run waits for what has not come yet; what is missing then is lost, 0s to 24h"
                            + " (default: ${DEFAULT-VALUE}).")
    @Within(least = "0s", most = "24h")
    Duration timeout();

    @Option(
            names = "--repeat",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Repetitions, each with roles started anew and a warm-up of its own, 1 to 100; files of each are"
                            + " in a folder of its number (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "100")
    int repeat();

    @Nullable @Option(
            names = THRESHOLD,
            split = ",",
            paramLabel = "TEXT",
            description =
                    "What a metric must be, or the run exits 99: 'boot.register.latency p99 < 250ms'. May be given"
                            + " more than once, and adds to those of a scenario.")
    List<String> thresholds();

    @Nullable @Option(
            names = FAULTS,
            paramLabel = "FILE",
            description =
                    "What to break meanwhile, and when (YAML): processes of the run, pods, nodes. See docs/faults.md.")
    Path faults();

    @Nullable @Option(
            names = "--slo",
            paramLabel = "PROJECT",
            description = "kubernetes: the objectives of the Kubernetes project become thresholds where the experiment"
                    + " measures what they speak of, and are told to be unmeasured where it does not.")
    Slo slo();

    @Nullable @Option(
            names = Sets.OPTION,
            paramLabel = "KEY=VALUE",
            description = "Sets a key of the scenario: repeat=3, boot.minions=5000. May be given more than once.")
    List<String> sets();

    @Nullable @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Writes the verdict and every threshold as JUnit XML, which CI systems read.")
    Path junit();

    @Nullable @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Writes the result as Markdown, for the summary of a job.")
    Path markdown();

    @Nullable @Option(
            names = "--push",
            paramLabel = "TARGET",
            converter = PushTarget.Converter.class,
            description =
                    "Pushes what the run measures to your own monitoring, every 2 s and at the end, with labels run,"
                            + " experiment and pod: remote-write:URL (Prometheus) or otlp:URL (OpenTelemetry). May be given more"
                            + " than once. A receiver that is dead is a warning.")
    List<PushTarget> push();

    @Option(
            names = "--linger",
            defaultValue = "0s",
            paramLabel = "DURATION",
            description = "How long /metrics stays up after the run, 0s to 24h; Ctrl-C ends it, and the run's own exit"
                    + " code stays (default: ${DEFAULT-VALUE}).")
    @Within(least = "0s", most = "24h")
    Duration linger();

    @Option(names = LIST, description = "Lists the experiments, their parameters and their metrics, and runs nothing.")
    boolean list();

    @Option(names = SCHEMA, description = "Prints the JSON schema of scenarios, for editors, and runs nothing.")
    boolean schema();

    /** Where the roles are. */
    enum Place {
        LOCAL,
        KUBERNETES
    }

    /** Whose objectives. */
    enum Slo {
        KUBERNETES
    }

    /** How the result is printed. */
    enum Output {
        TEXT,
        JSON,
        STREAM
    }
}

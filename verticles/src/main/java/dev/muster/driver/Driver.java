package dev.muster.driver;

import dev.muster.driver.DriverOptions.Arrival;
import dev.muster.driver.DriverOptions.Mode;
import dev.muster.kube.KubeOptions;
import dev.muster.node.Deployment;
import dev.muster.node.Node;
import dev.muster.node.Ranges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The role {@code driver}: load on an API server. */
public final class Driver {
    private static final int MOST_OBJECTS = 100_000_000;
    private static final int MOST_POPULATION = 1_000_000;
    private static final double LEAST_RATE = 0.001;
    private static final double MOST_RATE = 100_000;
    private static final String NAMESPACE = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final String ENDPOINT = "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):[0-9]{1,5}";
    static final String SERVICE = "kubernetes";

    private Driver() {}

    /** What to deploy: one instance, since one event loop sends more than an API server takes. */
    public static List<Deployment> deployments(DriverOptions options, KubeOptions kube, Node node) {
        var driver = new DriverVerticle(options, kube, node);
        return List.of(
                new Deployment("driver-early-stop", () -> new EarlyStop(driver), 1),
                new Deployment("driver", () -> driver, 1));
    }

    /** What is wrong with the options, one line each; empty when nothing is. */
    public static List<String> problems(DriverOptions options) {
        var problems = new ArrayList<String>();
        rate(problems, options);
        Ranges.check(problems, "--driver-objects", options.objects(), 1, MOST_OBJECTS);
        Ranges.check(problems, "--driver-max-population", options.maxPopulation(), 1, MOST_POPULATION);
        Ranges.check(problems, "--driver-threads", options.threads(), 1, 10_000);
        Ranges.check(problems, "--driver-connections", options.connections(), 1, 1_000);
        Ranges.check(problems, "--driver-updates", options.updates(), 0, 1_000);
        Ranges.check(problems, "--driver-name-pad", options.namePad(), 0, 150);
        Ranges.check(problems, "--driver-warm-up", options.warmUp(), 0, 100_000);
        Ranges.check(problems, "--driver-in-flight", options.inFlight(), 1, 100_000);
        Optional.ofNullable(options.createBytes())
                .ifPresent(bytes -> Ranges.check(problems, "--driver-create-bytes", bytes, 0, Setup.MOST_PAYLOAD));
        Optional.ofNullable(options.updateBytes())
                .ifPresent(bytes -> Ranges.check(problems, "--driver-update-bytes", bytes, 0, Setup.MOST_PAYLOAD));
        Ranges.check(problems, "--driver-timeout", options.timeout(), Duration.ofMillis(100), Duration.ofMinutes(10));
        if (options.arrival() == Arrival.RAMP) {
            Ranges.check(problems, "--driver-ramp", options.ramp(), Duration.ofSeconds(1), Duration.ofDays(1));
        }
        names(problems, options);
        population(problems, options);
        return problems;
    }

    private static void rate(List<String> problems, DriverOptions options) {
        var rate = options.rate();
        boolean unlimited = rate != null && rate == 0 && options.mode() == Mode.CLOSED;
        if (rate != null && !unlimited && !(rate >= LEAST_RATE && rate <= MOST_RATE)) {
            problems.add("--driver-rate must be 0.001 to 100000"
                    + (options.mode() == Mode.CLOSED ? ", or 0 for unlimited" : "") + ", not " + rate);
        }
    }

    /** A worker has an object in each of its phases. */
    private static void population(List<String> problems, DriverOptions options) {
        long least = (1L + options.updates()) * options.threads();
        if (options.mode() == Mode.CLOSED && !options.createOnly() && options.maxPopulation() < least) {
            problems.add("--driver-max-population must be at least (1 + --driver-updates) * --driver-threads, " + least
                    + ", not " + options.maxPopulation());
        }
    }

    private static void names(List<String> problems, DriverOptions options) {
        var run = options.runId();
        if (run != null && !run.matches(Setup.RUN)) {
            problems.add("--driver-run-id must be " + Setup.RUN_RANGE + ", not '" + run + "'");
        }
        if (!options.namespace().matches(NAMESPACE)) {
            problems.add(
                    "--driver-namespace must be 1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends, not '"
                            + options.namespace() + "'");
        }
        var endpoints = Endpoints.given(options);
        if (!endpoints.equals(List.of(SERVICE))) {
            endpoints.stream()
                    .filter(each -> !each.matches(ENDPOINT))
                    .forEach(each -> problems.add("--driver-endpoints must be kubernetes, or like 10.0.0.1:6443,"
                            + "10.0.0.2:6443, not '" + each + "'"));
        }
    }
}

package dev.muster.launcher.run.connections;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.Options;
import dev.muster.launcher.run.Deployed;
import dev.muster.launcher.run.Experiment;
import dev.muster.launcher.run.Findings;
import dev.muster.launcher.run.Run;
import dev.muster.launcher.run.RunOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How many connections a broker holds, and whether heartbeats are late or lost: engines in another process. */
public final class ConnectionsExperiment implements Experiment {
    /** What a process has open beside its connections: the code, the bus, the management port. */
    private static final int OTHER_FILES = 300;

    /** Of its files a broker keeps a fiftieth free, so that connections don't use up what everything else needs. */
    private static final int SPARE_SHARE = 50;

    /** Even where that is fewer. */
    private static final int FEWEST_SPARE = 200;

    /** Connections beside those of all engines: of such that come back while their old ones still end. */
    private static final int COMING_BACK = 100;

    @Override
    public String name() {
        return "connections";
    }

    @Override
    public String summary() {
        return "how many connections a broker holds, and whether heartbeats are late or lost";
    }

    @Override
    public OptionGroup options() {
        return OptionGroup.of("experiment connections", ConnectionsOptions.class);
    }

    @Override
    public Map<String, String> shared() {
        return Map.of("count", "--engines", "duration", "--duration", "warm-up", "--warm-up");
    }

    @Override
    public List<String> problems(Options options) {
        var connections = options.of(ConnectionsOptions.class);
        if (options.of(RunOptions.class).on() == RunOptions.Place.KUBERNETES) {
            return connections.broker() == null
                    ? List.of()
                    : List.of("--broker can't stand with --on=kubernetes: the broker is the one that is deployed");
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? problems(connections.engines(), connections.warmUp(), system.getMaxFileDescriptorCount())
                : List.of();
    }

    /** Whether so many engines, and before them so many for the warm-up, fit into processes that may have so many files. */
    static List<String> problems(int engines, int warmUp, long files) {
        long most = Math.max(0, files - OTHER_FILES - Math.max(FEWEST_SPARE, files / SPARE_SHARE));
        var problems = new ArrayList<String>();
        problem("--engines", engines, most, files).ifPresent(problems::add);
        problem("--warm-up", warmUp, most, files).ifPresent(problems::add);
        return problems;
    }

    private static Optional<String> problem(String option, int count, long most, long files) {
        return count <= most
                ? Optional.empty()
                : Optional.of(option + " must be at most " + most + " here, not " + count
                        + ": each connection is an open file, and a process may have " + files + " (ulimit -n), "
                        + (files - most) + " of which it needs for itself");
    }

    @Override
    public Map<String, String> parameters(Options options) {
        var connections = options.of(ConnectionsOptions.class);
        var parameters = new TreeMap<String, String>();
        parameters.put("engines", String.valueOf(connections.engines()));
        parameters.put("ramp", connections.ramp().toMillis() + "ms");
        parameters.put("duration", connections.duration().toMillis() + "ms");
        parameters.put("warm-up", String.valueOf(connections.warmUp()));
        parameters.put("heartbeat", connections.heartbeat().toMillis() + "ms");
        parameters.put("protocol", word(connections));
        var broker = connections.broker();
        if (broker != null) {
            parameters.put("broker", broker);
        }
        return parameters;
    }

    private static String word(ConnectionsOptions options) {
        return options.protocol().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Set<String> processes(Options options) {
        return Set.of("engine");
    }

    @Override
    public Findings run(Run run) throws IOException {
        var options = run.options(ConnectionsOptions.class);
        var elsewhere = options.broker();
        try (var processes = run.startTogether(elsewhere == null ? broker(options) : List.of("--role=collector"))) {
            var broker = elsewhere == null ? processes.address("broker") : elsewhere;
            processes.start("engine", engines(run, broker));
            var memory = elsewhere == null ? new HeapMeter() : null;
            var before = processes.bus().settled();
            return run.measure(processes, before, new ConnectionsLoad(run, processes.bus(), memory));
        }
    }

    @Override
    public Findings run(Run run, Deployed deployed) throws IOException {
        deployed.empty(EnginePods.ENGINE);
        return run.measure(deployed, deployed.bus().settled(), new EnginePods(run, deployed));
    }

    private static List<String> broker(ConnectionsOptions options) {
        return List.of(
                "--role=collector,broker",
                "--broker-port=0",
                "--broker-http-port=0",
                "--broker-max-connections=" + (Math.max(options.engines(), options.warmUp()) + COMING_BACK),
                "--broker-heartbeat=" + options.heartbeat().toMillis() + "ms");
    }

    private static List<String> engines(Run run, String broker) {
        var options = run.options(ConnectionsOptions.class);
        return List.of(
                "--role=engine",
                "--engine-hold",
                "--engine-broker=" + broker,
                "--engine-id=" + run.folder().run(),
                "--engine-count=" + options.engines(),
                "--engine-ramp=" + options.ramp().toMillis() + "ms",
                "--engine-heartbeat=" + options.heartbeat().toMillis() + "ms",
                "--engine-warm-up=" + options.warmUp(),
                "--engine-protocol=" + word(options));
    }
}

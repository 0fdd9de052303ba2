package dev.muster.launcher.run.blocks;

import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.Options;
import dev.muster.launcher.run.Deployed;
import dev.muster.launcher.run.Experiment;
import dev.muster.launcher.run.Findings;
import dev.muster.launcher.run.Run;
import dev.muster.launcher.run.RunOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How many bytes a second go over TLS and HTTP/2, from a server to a client and back, each a process of its own. */
public final class BlocksExperiment implements Experiment {
    static final String SERVER = "server";
    static final String CLIENT = "client";

    @Override
    public String name() {
        return "blocks";
    }

    @Override
    public String summary() {
        return "how many bytes per second cross TLS and HTTP/2, and how late paced blocks are";
    }

    @Override
    public OptionGroup options() {
        return OptionGroup.of("experiment blocks", BlocksOptions.class);
    }

    @Override
    public Map<String, String> shared() {
        return Map.of("count", "--connections", "duration", "--duration", "warm-up", "--warm-up");
    }

    @Override
    public Map<String, String> parameters(Options options) {
        var blocks = options.of(BlocksOptions.class);
        return Map.ofEntries(
                Map.entry("duration", blocks.duration().toMillis() + "ms"),
                Map.entry("warm-up", blocks.warmUp().toMillis() + "ms"),
                Map.entry("connections", String.valueOf(blocks.connections())),
                Map.entry("streams", String.valueOf(blocks.streams())),
                Map.entry("size", String.valueOf(blocks.size())),
                Map.entry("per-request", String.valueOf(blocks.perRequest())),
                Map.entry("period", blocks.period().toNanos() / 1_000 + "us"),
                Map.entry("paced-size", String.valueOf(blocks.pacedSize())),
                Map.entry("paced-per-request", String.valueOf(blocks.pacedPerRequest())),
                Map.entry("plain", String.valueOf(blocks.plain())),
                Map.entry("window", String.valueOf(blocks.window())),
                Map.entry("frame", String.valueOf(blocks.frame())));
    }

    @Override
    public List<String> problems(Options options) {
        boolean deployed = options.of(RunOptions.class).on() == RunOptions.Place.KUBERNETES;
        var longest = Deployed.LONGEST_ANSWER.minus(BlocksLoading.SLACK);
        return deployed && options.of(BlocksOptions.class).duration().compareTo(longest) > 0
                ? List.of("--duration must be at most " + longest.toSeconds()
                        + "s with --on=kubernetes: who asks for a load from outside is answered within "
                        + Deployed.LONGEST_ANSWER.toSeconds() + " s; take --repeat for more")
                : List.of();
    }

    @Override
    public Set<String> processes(Options options) {
        return Set.of(SERVER, CLIENT, "blocks");
    }

    @Override
    public Findings run(Run run) throws IOException {
        var options = run.options(BlocksOptions.class);
        try (var processes = run.startTogether(List.of("--role=collector"))) {
            var addresses = processes.start(
                    SERVER, with(options, "--blocks-plain-port=0", "--blocks-max-streams=" + options.streams()));
            var base = addresses.get(options.plain() ? "blocks-h2c" : "blocks");
            processes.start(
                    CLIENT,
                    with(
                            options,
                            "--blocks-base-url=" + base,
                            "--blocks-insecure",
                            "--blocks-hold",
                            "--blocks-connections=" + options.connections(),
                            "--blocks-threads=" + options.streams()));
            var load = new BlocksLoading(run, processes);
            load.warmUp();
            return run.measure(processes, processes.bus().settled(), load);
        }
    }

    /** The server's own options are those of its Deployment. */
    @Override
    public Findings run(Run run, Deployed deployed) throws IOException {
        var options = run.options(BlocksOptions.class);
        deployed.attend(SERVER, "blocks");
        deployed.start(
                CLIENT,
                "blocks-client",
                List.of(
                        "--blocks-hold",
                        "--blocks-connections=" + options.connections(),
                        "--blocks-threads=" + options.streams(),
                        "--blocks-window=" + options.window(),
                        "--blocks-frame=" + options.frame()));
        var load = new BlocksLoading(run, deployed);
        load.warmUp();
        return run.measure(deployed, deployed.bus().settled(), load);
    }

    private static List<String> with(BlocksOptions options, String... more) {
        var all = new ArrayList<>(List.of(
                "--role=blocks",
                "--blocks-port=0",
                "--blocks-window=" + options.window(),
                "--blocks-frame=" + options.frame()));
        all.addAll(List.of(more));
        return all;
    }
}

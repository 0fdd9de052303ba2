package dev.muster.launcher.run.boot;

import dev.muster.kube.PodWatch;
import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.Options;
import dev.muster.launcher.run.Deployed;
import dev.muster.launcher.run.Experiment;
import dev.muster.launcher.run.Findings;
import dev.muster.launcher.run.Run;
import dev.muster.launcher.run.RunOptions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How long until so many minions really run: virtual ones here, registered in a real MariaDB. */
public final class BootExperiment implements Experiment {
    private static final String MASTER = "master";

    @Override
    public String name() {
        return "boot";
    }

    @Override
    public String summary() {
        return "how long until N minions run and have registered";
    }

    @Override
    public OptionGroup options() {
        return OptionGroup.of("experiment boot", BootOptions.class);
    }

    @Override
    public Map<String, String> shared() {
        return Map.of("count", "--minions", "warm-up", "--warm-up");
    }

    @Override
    public Map<String, String> parameters(Options options) {
        var boot = options.of(BootOptions.class);
        var run = options.of(RunOptions.class);
        var parameters = new TreeMap<String, String>();
        parameters.put("minions", String.valueOf(boot.minions()));
        parameters.put("timeout", run.timeout().toMillis() + "ms");
        if (run.on() == RunOptions.Place.LOCAL) { // in a cluster the scheduler makes the ramp
            parameters.put("ramp", boot.ramp().toMillis() + "ms");
            parameters.put("warm-up", String.valueOf(boot.warmUp()));
        }
        return parameters;
    }

    @Override
    public Findings run(Run run) throws IOException {
        var options = run.options(BootOptions.class);
        try (var processes = run.start(List.of(
                "--role=master,minion",
                "--master-port=0",
                "--minion-hold",
                "--minion-count=" + options.minions(),
                "--minion-ramp=" + options.ramp().toMillis() + "ms",
                "--minion-poll=0",
                "--minion-run=" + run.folder().run()))) {
            var before = WarmUp.registrations(
                    run, processes.bus(), URI.create(processes.address("master")), options.warmUp());
            return run.measure(processes, before, new BootLoad(run, processes.bus()));
        }
    }

    @Override
    public Findings run(Run run, Deployed deployed) throws IOException {
        deployed.empty(BootPods.MINION);
        var selector = deployed.workload(BootPods.MINION).selector();
        try (var watch = PodWatch.start(deployed.api().access(), deployed.namespace(), selector)) {
            var load = new BootPods(run, deployed, watch, deployed.clock(MASTER));
            return run.measure(deployed, deployed.bus().settled(), load);
        }
    }
}

package dev.muster.launcher.run.stress;

import dev.muster.bus.Credential;
import dev.muster.launcher.kubernetes.ClusterApi;
import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.Options;
import dev.muster.launcher.run.Bus;
import dev.muster.launcher.run.Deployed;
import dev.muster.launcher.run.Experiment;
import dev.muster.launcher.run.Findings;
import dev.muster.launcher.run.Processes;
import dev.muster.launcher.run.Run;
import dev.muster.launcher.run.RunOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How much CPU pods really get, and how an autoscaler and a load balancer take to it. */
public final class StressExperiment implements Experiment {
    private static final String STRESS = "stress";

    /** Who looks twice a second wants the next answer rather than a late one. */
    private static final Duration AUTOSCALER = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "stress";
    }

    @Override
    public String summary() {
        return "how much CPU pods really get of what a load profile asks for, and when the autoscaler reacts";
    }

    @Override
    public OptionGroup options() {
        return OptionGroup.of("experiment stress", StressRunOptions.class);
    }

    @Override
    public Map<String, String> shared() {
        return Map.of("count", "--pods", "duration", "--duration");
    }

    @Override
    public List<String> problems(Options options) {
        var stress = options.of(StressRunOptions.class);
        var problems = new ArrayList<String>();
        boolean deployed = options.of(RunOptions.class).on() == RunOptions.Place.KUBERNETES;
        if (deployed && stress.cluster() != null) {
            problems.add("--cluster can't stand with --on=kubernetes: the pods are those that are deployed");
        }
        boolean balance = stress.profile() == Profile.Shape.BALANCE;
        if (deployed && balance && stress.url() == null) {
            problems.add(
                    StressRunOptions.URL + " is needed with --profile=balance and --on=kubernetes: name the Service,"
                            + " as it is reached from here");
        }
        if (!deployed && stress.pods() == 0 && stress.cluster() == null && !(balance && stress.url() != null)) {
            problems.add(
                    "--pods=0 needs pods that run already: name their bus with --cluster=dns:NAME, or give --pods");
        }
        if (!deployed && stress.pods() > 0 && stress.cluster() != null) {
            problems.add("--cluster goes with --pods=0: pods that are started here have a bus of their own");
        }
        if (stress.base() > stress.load()) {
            problems.add("--base=" + stress.base() + " is above --load=" + stress.load() + ": give less");
        }
        var hpa = stress.hpa();
        if (hpa != null && !Autoscaler.Name.isName(hpa)) {
            problems.add(StressRunOptions.HPA + " must be NAMESPACE/NAME, not '" + hpa + "'");
        }
        var url = stress.url();
        if (url != null && !BalanceClient.isUrl(url)) {
            problems.add(StressRunOptions.URL + " must be like http://host:port, not '" + url + "'");
        }
        return problems;
    }

    @Override
    public Map<String, String> parameters(Options options) {
        var stress = options.of(StressRunOptions.class);
        var all = new LinkedHashMap<String, String>();
        all.put("profile", stress.profile().name().toLowerCase(Locale.ROOT));
        all.put("pods", String.valueOf(stress.pods()));
        all.put("duration", stress.duration().toMillis() + "ms");
        all.put("kind", stress.kind().name().toLowerCase(Locale.ROOT));
        all.put("stress-headroom", String.valueOf(stress.headroom()));
        if (stress.profile() == Profile.Shape.BALANCE) {
            all.put("rate", String.valueOf(stress.rate()));
            all.put("stress-keepalive", String.valueOf(stress.keepalive()));
        } else {
            all.put("load", String.valueOf(stress.load()));
            all.put("base", String.valueOf(stress.base()));
        }
        switch (stress.profile()) {
            case STEPS -> all.put("steps", String.valueOf(stress.steps()));
            case SINE -> all.put("period", stress.period().toMillis() + "ms");
            default -> {} // nothing more to say of it
        }
        return all;
    }

    @Override
    public Set<String> processes(Options options) {
        var names = new TreeSet<String>();
        for (int i = 0; i < options.of(StressRunOptions.class).pods(); i++) {
            names.add("stress");
            names.add("pod-" + i);
        }
        return names;
    }

    @Override
    public Findings run(Run run) throws IOException {
        var options = run.options(StressRunOptions.class);
        try (var processes = start(run, options)) {
            var urls = startPods(processes, options);
            try (var autoscaler = autoscaler(run, options)) {
                var there = pods(processes.bus(), options);
                var load = options.profile() == Profile.Shape.BALANCE
                        ? new BalanceLoad(run, urls, processes.bus().credential(), there.size())
                        : new StressLoad(run, processes.bus(), there, autoscaler);
                return run.measure(processes, processes.bus().settled(), load);
            }
        }
    }

    /** Those that were started here have no past to speak of; those of a bus that is there must all be known first. */
    private static Set<String> pods(Bus bus, StressRunOptions options) {
        return options.cluster() == null
                ? StressPods.await(bus, options.pods(), Duration.ZERO)
                : StressPods.await(bus, 1, StressPods.STILL);
    }

    /** On the pods that there are: how many, is for the autoscaler to say. */
    @Override
    public Findings run(Run run, Deployed deployed) throws IOException {
        var options = run.options(StressRunOptions.class);
        deployed.attend(STRESS, STRESS);
        try (var autoscaler = autoscaler(run, options)) {
            var there = StressPods.await(deployed.bus(), 1, StressPods.STILL);
            var url = options.url(); // which a balance has: see problems
            var load = options.profile() == Profile.Shape.BALANCE && url != null
                    ? new BalanceLoad(run, List.of(url), new Credential(run.adminToken()), there.size())
                    : new StressLoad(run, deployed.bus(), there, autoscaler);
            return run.measure(deployed, deployed.bus().settled(), load);
        }
    }

    private static Autoscaler autoscaler(Run run, StressRunOptions options) {
        var hpa = options.hpa();
        return hpa == null
                ? Autoscaler.none()
                : Autoscaler.of(hpa, ClusterApi.connect(run.environment(), StressRunOptions.HPA, AUTOSCALER));
    }

    private static Processes start(Run run, StressRunOptions options) {
        var own = List.of("--role=collector", "--management-port=0");
        var cluster = options.cluster();
        if (cluster == null) {
            return run.startTogether(own);
        }
        var joining = new ArrayList<>(own);
        joining.add("--cluster=" + cluster);
        return run.start(joining);
    }

    private static List<String> startPods(Processes processes, StressRunOptions options) {
        var urls = new ArrayList<String>();
        for (int i = 0; i < options.pods(); i++) {
            var addresses = processes.start(
                    "pod-" + i, List.of("--role=stress", "--stress-port=0", "--stress-headroom=" + options.headroom()));
            urls.add(addresses.getOrDefault("stress", ""));
        }
        var given = options.url();
        return given == null ? urls : List.of(given);
    }
}

package dev.muster.launcher.run;

import dev.muster.bus.Addresses;
import dev.muster.bus.Credential;
import dev.muster.bus.FaultNews;
import dev.muster.bus.Stats;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.kubernetes.ClusterApi;
import dev.muster.launcher.kubernetes.Kustomization;
import dev.muster.launcher.kubernetes.PodState;
import dev.muster.launcher.kubernetes.UsageSampler;
import dev.muster.launcher.kubernetes.Workload;
import dev.muster.launcher.kubernetes.Workloads;
import dev.muster.measure.ClockOffset;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The roles that are deployed in a cluster, for one repetition of a run: scales their Deployments, and back again however
 * the run ends. It makes nothing and deletes nothing. For the thread of the run.
 */
public final class Deployed implements Stage, AutoCloseable {
    /** A question that it is asked is answered within this time or not at all. */
    public static final Duration LONGEST_ANSWER = RemoteLine.MOST;

    private static final Duration REQUEST = Duration.ofSeconds(20);
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final long HEARD_MILLIS = 3_000;

    private final Run run;
    private final String namespace;
    private final ClusterApi api;
    private final Workloads workloads;
    private final RemoteLine line;
    private final Bus bus;
    private final UsageSampler sampler;
    private final Optional<Processes> faults;
    /** As they were, the last one changed first. */
    private final Deque<Workload> changed = new ArrayDeque<>();

    private final Map<String, String> names = new HashMap<>();

    private Deployed(Run run, String namespace, ClusterApi api) throws IOException {
        this.run = run;
        this.namespace = namespace;
        this.api = api;
        this.workloads = new Workloads(api, namespace);
        this.line = RemoteLine.to(workloads, Kustomization.COLLECTOR);
        this.bus = new Bus(line, Credential.NONE); // the pod's own guard has let this process in
        this.faults = run.startFaults();
        faults.ifPresent(some ->
                some.<FaultNews>hear(Addresses.FAULT_NEWS, news -> line.publish(Addresses.FAULT_NEWS, news.body())));
        this.sampler = UsageSampler.start(api, namespace, run.folder().path(), run.progress()::event);
    }

    /**
     * Finds the roles of an experiment.
     *
     * @throws StartException when the cluster can't be reached, or one of them is not deployed; the message says what to do
     */
    static Deployed find(Run run, Experiment experiment) {
        var namespace = run.options(RunOptions.class).namespace();
        var api = ClusterApi.connect(run.environment(), RunOptions.ON + "=kubernetes", REQUEST);
        try {
            requireDeployed(new Workloads(api, namespace), experiment, namespace);
            return new Deployed(run, namespace, api);
        } catch (IOException | RuntimeException e) {
            api.close();
            throw e instanceof StartException told
                    ? told
                    : new StartException(RunOptions.ON + "=kubernetes: " + e.getMessage(), e);
        }
    }

    private static void requireDeployed(Workloads workloads, Experiment experiment, String namespace)
            throws IOException {
        var kustomization = Kustomization.of(experiment.name()).orElseThrow();
        for (var name : kustomization.deployments()) {
            if (workloads.find(name).isEmpty()) {
                throw new StartException(
                        "there is no deployment/" + name + " in namespace " + namespace + ": "
                                + kustomization.command(),
                        null);
            }
        }
    }

    @Override
    public Bus bus() {
        return bus;
    }

    /** They are done from this machine, and the roles in the cluster are told of each. */
    @Override
    public Optional<Processes> faults() {
        return faults;
    }

    /** Pods that come back are pods of an experiment's load. */
    @Override
    public boolean hasLost() {
        return false;
    }

    @Override
    public String instance(String name) {
        return names.getOrDefault(name, name);
    }

    @Override
    public Stats stats() {
        return ClusterUse.beside(bus.stats(), sampler.last());
    }

    @Override
    public void into(Observations all) {
        ClusterUse.into(all, sampler.soFar());
    }

    /** Which API server, and as whom. */
    public ClusterApi api() {
        return api;
    }

    /** Where its Deployments are. */
    public String namespace() {
        return namespace;
    }

    /** A Deployment as it is now. */
    public Workload workload(String deployment) {
        return told(() -> workloads.get(deployment));
    }

    /** How many of a Deployment's pods have containers that run. */
    public long running(String deployment) {
        return told(() -> workloads.pods(workloads.get(deployment)).stream()
                .filter(PodState::isRunning)
                .count());
    }

    /** Takes all pods of a Deployment away, and waits until they are gone: from here on its load begins at nothing. */
    public void empty(String deployment) {
        remember(deployment);
        told(() -> {
            workloads.scale(deployment, 0);
            return true;
        });
        await(
                () -> told(() -> workloads.pods(workloads.get(deployment)).isEmpty()),
                "the pods of deployment/" + deployment + " to end");
    }

    /** Lets a Deployment have so many pods, and does not wait for them. */
    public void scale(String deployment, int replicas) {
        remember(deployment);
        told(() -> {
            workloads.scale(deployment, replicas);
            return true;
        });
        run.progress().event("deployment/" + deployment + ": " + replicas + " replicas");
    }

    /**
     * Starts pods of a Deployment with these arguments in the place of its own of the same name, and waits until they are
     * ready and the collector has heard of them.
     *
     * @param name what the load calls the process
     */
    public void start(String name, String deployment, List<String> arguments) {
        empty(deployment);
        told(() -> {
            workloads.setArguments(deployment, workloads.get(deployment).argumentsWith(arguments));
            return true;
        });
        scale(deployment, 1);
        attend(name, deployment);
    }

    /** Waits until a pod of a Deployment is ready and the collector has heard of it. */
    public void attend(String name, String deployment) {
        await(
                () -> {
                    var pod = heard(deployment);
                    pod.ifPresent(found -> names.put(name, found));
                    return pod.isPresent();
                },
                "a pod of deployment/" + deployment + " to be ready");
    }

    private Optional<String> heard(String deployment) {
        return told(() -> workloads.pods(workloads.get(deployment)).stream()
                .filter(pod -> pod.ready() && !pod.ending())
                .map(PodState::name)
                .filter(this::isHeard)
                .findFirst());
    }

    private boolean isHeard(String pod) {
        return bus.processes().stream()
                .anyMatch(process -> process.name().equals(pod) && process.silentMillis() < HEARD_MILLIS);
    }

    /** The clock of a Deployment's first pod, against this machine's. */
    public ClockOffset.Estimate clock(String deployment) {
        return told(() -> {
            try (var way = RemoteLine.to(workloads, deployment)) {
                return way.clock();
            }
        });
    }

    private void remember(String deployment) {
        if (changed.stream().noneMatch(each -> each.name().equals(deployment))) {
            changed.push(workload(deployment));
        }
    }

    private void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + READY.toNanos();
        while (!condition.getAsBoolean()) {
            run.progress().now("waiting for " + what);
            run.pause(LOOK);
            if (run.interrupted()) {
                throw new StartException("interrupted while waiting for " + what, null);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new StartException(
                        "waited " + READY.toSeconds() + " s for " + what + ": see kubectl -n " + namespace
                                + " describe pods",
                        null);
            }
        }
        run.progress().close();
    }

    private interface Asking<T> {
        T ask() throws IOException;
    }

    private static <T> T told(Asking<T> asking) {
        try {
            return asking.ask();
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Everything as it was. What could not be undone is told, with the command that undoes it. */
    @Override
    public void close() {
        faults.ifPresent(Processes::close); // what they have done is undone first
        for (var before : changed) {
            try {
                restore(before);
            } catch (IOException e) {
                run.progress()
                        .event("warning: deployment/" + before.name() + " was not scaled back: " + e.getMessage()
                                + "; do it with kubectl -n " + namespace + " scale --replicas=" + before.replicas()
                                + " deployment/" + before.name());
            }
        }
        sampler.close();
        line.close();
        api.close();
    }

    private void restore(Workload before) throws IOException {
        workloads.scale(before.name(), before.replicas());
        if (!workloads.get(before.name()).arguments().equals(before.arguments())) {
            workloads.setArguments(before.name(), before.arguments());
        }
        run.progress().event("deployment/" + before.name() + ": back to " + before.replicas() + " replicas");
    }
}

package dev.muster.launcher.run.boot;

import dev.muster.kube.PodLife;
import dev.muster.kube.PodLife.Stage;
import dev.muster.kube.PodWatch;
import dev.muster.launcher.catalogue.PodMetric;
import dev.muster.launcher.result.ResultFolder;
import dev.muster.launcher.run.Observations;
import dev.muster.measure.ClockOffset;
import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import dev.muster.node.RunHealth;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where the time of a boot's pods went: what the API told of each and when, beside the registration of its minion. All
 * times are of the watch, in milliseconds and less; what the objects themselves say has whole seconds.
 */
final class PodTimes {
    private static final Map<Stage, PodMetric> STAGES = Map.of(
            Stage.SCHEDULED, PodMetric.SCHEDULED,
            Stage.SANDBOX, PodMetric.SANDBOX,
            Stage.PULLED, PodMetric.PULLED,
            Stage.STARTED, PodMetric.STARTED,
            Stage.RUNNING, PodMetric.RUNNING,
            Stage.READY, PodMetric.READY);

    private final List<Timed> pods;
    private final long unjoined;
    private final int relists;
    private final long clockErrorNanos;

    /**
     * A pod that was watched from its creation on.
     *
     * @param registered when the master took its registration off the socket, by this machine's clock
     */
    record Timed(PodLife pod, Optional<Long> registered) {
        /** From the news of its creation to those of a stage, in nanoseconds. */
        Optional<Long> until(Stage stage) {
            return pod.seen(Stage.CREATED).flatMap(created -> pod.seen(stage).map(at -> at - created));
        }

        Optional<Long> untilRegistered() {
            return pod.seen(Stage.CREATED).flatMap(created -> registered.map(at -> at - created));
        }

        /** How much later than the registration the API told of a stage; below 0 it was earlier. */
        Optional<Long> lateness(Stage stage) {
            return registered.flatMap(at -> pod.seen(stage).map(seen -> seen - at));
        }
    }

    private PodTimes(List<Timed> pods, long unjoined, int relists, long clockErrorNanos) {
        this.pods = pods;
        this.unjoined = unjoined;
        this.relists = relists;
        this.clockErrorNanos = clockErrorNanos;
    }

    /** No minion is a pod. */
    static PodTimes none() {
        return new PodTimes(List.of(), 0, 0, 0);
    }

    /**
     * Joins both.
     *
     * @param watch that began before the pods were made
     * @param registered when the master first heard of each pod's minion, epoch microseconds of its clock, by the pod's uid
     * @param master its clock against this machine's
     */
    static PodTimes join(PodWatch watch, Map<String, Long> registered, ClockOffset.Estimate master) {
        return join(watch.pods(), watch.relists(), registered, master);
    }

    static PodTimes join(List<PodLife> told, int relists, Map<String, Long> registered, ClockOffset.Estimate master) {
        var unknown = new HashSet<>(registered.keySet());
        told.forEach(pod -> unknown.remove(pod.uid()));
        var pods = told.stream()
                .filter(pod -> pod.seen(Stage.CREATED).isPresent())
                .sorted(Comparator.comparing(PodLife::name))
                .map(pod -> new Timed(
                        pod,
                        Optional.ofNullable(registered.get(pod.uid())).map(micros -> master.toLocal(micros * 1_000))))
                .toList();
        long silent = pods.stream().filter(pod -> pod.registered().isEmpty()).count();
        return new PodTimes(pods, silent + unknown.size(), relists, master.errorNanos());
    }

    /** Takes all metrics of pods in; where no minion is a pod, that nothing was measured. */
    Observations into(Observations all) {
        if (pods.isEmpty()) {
            Stream.of(PodMetric.SEEN, PodMetric.UNJOINED, PodMetric.RELISTS, PodMetric.CLOCK_ERROR)
                    .forEach(all::absent);
        } else {
            all.count(PodMetric.SEEN, pods.size())
                    .count(PodMetric.UNJOINED, unjoined)
                    .count(PodMetric.RELISTS, relists)
                    .value(PodMetric.CLOCK_ERROR, clockErrorNanos / 1e3);
        }
        all.samples(PodMetric.LATENESS, lateness())
                .samples(PodMetric.READY_LATENESS, samples(pods, pod -> pod.lateness(Stage.READY)))
                .samples(PodMetric.REGISTERED, samples(pods, Timed::untilRegistered))
                .samples(PodMetric.PULL, samples(pods, pod -> pod.pod()
                        .pull()
                        .filter(pull -> !pull.present())
                        .map(PodLife.ImagePull::nanos)));
        STAGES.forEach((stage, metric) -> all.samples(metric, samples(pods, pod -> pod.until(stage))));
        return all;
    }

    /** How late the API said of each pod that it runs. */
    RunHealth.Samples lateness() {
        return samples(pods, pod -> pod.lateness(Stage.RUNNING));
    }

    /** How far it is from no lateness at all, either way: what the error of the clocks is held against. */
    RunHealth.Samples distance() {
        return samples(pods, pod -> pod.lateness(Stage.RUNNING).map(Math::abs));
    }

    /** How wrong the lateness may be because of two clocks. */
    long clockErrorNanos() {
        return clockErrorNanos;
    }

    private static RunHealth.Samples samples(List<Timed> pods, Function<Timed, Optional<Long>> value) {
        var samples = new Distribution();
        pods.forEach(pod -> value.apply(pod).ifPresent(samples::record));
        return new RunHealth.Samples(Unit.NANOSECONDS, samples);
    }

    /** Writes {@code pods.csv} and {@code nodes.csv}; nothing where no minion is a pod. */
    void write(ResultFolder folder) throws IOException {
        if (!pods.isEmpty()) {
            PodFiles.write(pods, folder);
        }
    }
}

package dev.muster.launcher.run.blocks;

import dev.muster.bus.BlocksLoadDone;
import dev.muster.launcher.catalogue.BlocksMetric;
import dev.muster.launcher.run.Observations;
import dev.muster.launcher.run.Stage;
import dev.muster.measure.Distribution;
import dev.muster.measure.Rule;
import dev.muster.measure.Unit;
import dev.muster.measure.Verdict;
import dev.muster.node.RunHealth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the parts of the experiment {@code blocks} measured; a part that did not come to its end measured nothing. */
final class BlocksFindings {
    private static final double GIGABYTE = 1e9;

    /** A load at full speed uses the CPU that there is, and a closed loop has no schedule. */
    private static final EnumSet<Rule> RULES =
            EnumSet.complementOf(EnumSet.of(Rule.GENERATOR_LATE, Rule.CPU_SATURATED, Rule.NOT_DURABLE));

    private final Stage stage;
    private final Map<BlocksPart, BlocksPart.Outcome> parts;
    private final RunHealth observed;
    private final Observations all = new Observations();

    BlocksFindings(Stage stage, Map<BlocksPart, BlocksPart.Outcome> parts, RunHealth observed) {
        this.stage = stage;
        this.parts = parts;
        this.observed = observed;
    }

    Observations observations() {
        var down = parts.get(BlocksPart.DOWNLOAD);
        var up = parts.get(BlocksPart.UPLOAD);
        var paced = parts.get(BlocksPart.PACED);
        put(BlocksMetric.DOWNLOAD_GOODPUT, down == null ? null : down.downloaded() / down.seconds());
        put(BlocksMetric.UPLOAD_GOODPUT, up == null ? null : up.uploaded() / up.seconds());
        put(BlocksMetric.DOWNLOAD_REQUESTS, completed(down));
        put(BlocksMetric.UPLOAD_REQUESTS, completed(up));
        put(BlocksMetric.PACED_REQUESTS, completed(paced));
        all.count(BlocksMetric.FAILED, observed.count("blocks.client.failed"))
                .count(
                        BlocksMetric.MALFORMED,
                        observed.count("blocks.client.blocks_malformed")
                                + observed.count("blocks.server.blocks_malformed"));
        put(BlocksMetric.DOWNLOAD_SERVER_CPU, cpu(down, BlocksExperiment.SERVER, true));
        put(BlocksMetric.DOWNLOAD_CLIENT_CPU, cpu(down, BlocksExperiment.CLIENT, true));
        put(BlocksMetric.UPLOAD_SERVER_CPU, cpu(up, BlocksExperiment.SERVER, false));
        put(BlocksMetric.UPLOAD_CLIENT_CPU, cpu(up, BlocksExperiment.CLIENT, false));
        path(down);
        return all.samples(BlocksMetric.DOWNLOAD_FIRST_BYTE, samples(down, "blocks.client.first_byte"))
                .samples(BlocksMetric.DOWNLOAD_TOTAL, samples(down, "blocks.client.total"))
                .samples(BlocksMetric.UPLOAD_FIRST_BYTE, samples(up, "blocks.client.first_byte"))
                .samples(BlocksMetric.UPLOAD_TOTAL, samples(up, "blocks.client.total"))
                .samples(BlocksMetric.PACED_FIRST_BYTE, samples(paced, "blocks.client.first_byte"))
                .samples(BlocksMetric.SEND_LATENESS, samples(paced, "blocks.server.send.lateness"))
                .samples(BlocksMetric.ARRIVAL_LATENESS, samples(paced, "blocks.client.arrival.lateness"))
                .health(observed);
    }

    private void path(BlocksPart.@Nullable Outcome any) {
        var path = any == null ? null : any.done().path();
        put(BlocksMetric.CONNECTIONS, path == null ? null : (double) path.connections());
        put(BlocksMetric.STREAMS, path == null ? null : (double) path.streams());
        put(BlocksMetric.CLIENT_WINDOW, path == null ? null : (double) path.clientWindow());
        put(BlocksMetric.SERVER_WINDOW, path == null ? null : (double) path.serverWindow());
    }

    private void put(BlocksMetric metric, @Nullable Double value) {
        if (value == null || value.isNaN() || value.isInfinite()) {
            all.absent(metric);
        } else {
            all.value(metric, value);
        }
    }

    private static @Nullable Double completed(BlocksPart.@Nullable Outcome part) {
        return part == null ? null : (double) part.done().completed();
    }

    private @Nullable Double cpu(BlocksPart.@Nullable Outcome part, String process, boolean download) {
        if (part == null) {
            return null;
        }
        long bytes = download ? part.downloaded() : part.uploaded();
        var seconds = part.observed().cpuSeconds(stage.instance(process));
        return seconds.isPresent() ? (Double) (seconds.getAsDouble() / (bytes / GIGABYTE)) : null;
    }

    private static RunHealth.Samples samples(BlocksPart.@Nullable Outcome part, String id) {
        return part == null
                ? new RunHealth.Samples(Unit.NANOSECONDS, new Distribution())
                : part.observed().samples(id);
    }

    /**
     * Each part is judged by what it claims itself: a paced request lasts as long as its schedule, beside which no delay
     * would count. What was spoken is noted, because runs over another path are other experiments.
     */
    static Verdict verdict(RunHealth observed, Map<BlocksPart, BlocksPart.Outcome> parts) {
        if (parts.isEmpty()) {
            return judged(observed, "blocks.client.total");
        }
        var reasons = new ArrayList<Verdict.Reason>();
        var notes = new ArrayList<Verdict.Reason>();
        parts.forEach((part, outcome) -> {
            var judged = judged(outcome.observed(), part.claims());
            judged.reasons().stream().map(reason -> of(part, reason)).forEach(reasons::add);
            judged.notes().stream().map(note -> of(part, note)).forEach(notes::add);
        });
        notes.add(note(parts.values().iterator().next().done().path()));
        return new Verdict(reasons, notes);
    }

    private static Verdict judged(RunHealth observed, String claimed) {
        return Verdict.of(
                RULES, observed.evidence(observed.during(claimed), observed.count("blocks.client.dropped"), true));
    }

    private static Verdict.Reason of(BlocksPart part, Verdict.Reason reason) {
        return new Verdict.Reason(reason.code(), part.word() + ": " + reason.observed(), reason.limit(), reason.fix());
    }

    private static Verdict.Reason note(BlocksLoadDone.Path path) {
        var tls = path.tls().isEmpty()
                ? "without TLS"
                : "over " + path.tls() + " with " + path.cipher() + " by " + path.engine();
        var flow = "windows of " + path.clientWindow() + " (client) and " + path.serverWindow()
                + " bytes (server), frames of at most " + path.clientFrame() + " and " + path.serverFrame();
        return new Verdict.Reason(
                "path",
                path.protocol() + " " + tls + ", " + path.connections() + " connections with " + path.streams()
                        + " requests at a time, " + flow,
                "the same path in runs that are compared",
                "compare only runs whose path is the same");
    }
}

package dev.muster.launcher.run.blocks;

import dev.muster.bus.Addresses;
import dev.muster.bus.BlocksLoadDone;
import dev.muster.bus.Stats;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.run.Findings;
import dev.muster.launcher.run.Load;
import dev.muster.launcher.run.Progress;
import dev.muster.launcher.run.Run;
import dev.muster.launcher.run.Stage;
import dev.muster.node.RunHealth;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Download, upload and paced download, one after another, each between two settled answers of the collector. */
final class BlocksLoading implements Load {
    private static final Duration CONNECT = Duration.ofSeconds(30);
    static final Duration SLACK = Duration.ofSeconds(30);
    private static final long RETRY_NANOS = 200_000_000;

    private final Run run;
    private final Stage stage;
    private final BlocksOptions options;
    private final Queue<BlocksPart> left = new ArrayDeque<>(List.of(BlocksPart.values()));
    private final Map<BlocksPart, BlocksPart.Outcome> outcomes = new EnumMap<>(BlocksPart.class);
    private @Nullable Current current;

    private record Current(BlocksPart part, Stats before, CompletableFuture<BlocksLoadDone> done) {}

    BlocksLoading(Run run, Stage stage) {
        this.run = run;
        this.stage = stage;
        this.options = run.options(BlocksOptions.class);
    }

    /**
     * Each part for a while, when the client has connected. Blocks.
     *
     * @throws StartException when it does not connect
     */
    void warmUp() {
        var time = options.warmUp().compareTo(Duration.ofMillis(100)) < 0 ? Duration.ofMillis(100) : options.warmUp();
        long deadline = System.nanoTime() + CONNECT.toNanos();
        for (var part : BlocksPart.values()) {
            while (!run.interrupted() && !tried(part, time)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new StartException("the client has not connected to the server; see client.log", null);
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    /** False when the client does not listen yet. */
    private boolean tried(BlocksPart part, Duration time) {
        try {
            ask(part, time).join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof ReplyException) {
                return false;
            }
            throw e;
        }
    }

    private CompletableFuture<BlocksLoadDone> ask(BlocksPart part, Duration time) {
        var bus = stage.bus();
        return bus.begin(
                        Addresses.BLOCKS_LOAD,
                        part.load(options, bus.credential(), time),
                        BlocksLoadDone.class,
                        time.plus(SLACK))
                .toCompletableFuture();
    }

    @Override
    public void begin() {
        next();
    }

    private void next() {
        var part = left.poll();
        current = part == null ? null : new Current(part, stage.bus().settled(), ask(part, options.duration()));
    }

    /** Goes on to the next part when one has ended. */
    @Override
    public boolean isComplete(RunHealth counts) {
        var now = current;
        if (now == null) {
            return true;
        }
        if (!now.done().isDone()) {
            return false;
        }
        collect(now);
        next();
        return current == null;
    }

    private void collect(Current now) {
        try {
            var done = now.done().join();
            var observed = RunHealth.between(now.before(), stage.bus().settled());
            outcomes.put(now.part(), new BlocksPart.Outcome(done, observed));
        } catch (CompletionException e) {
            run.progress().event(now.part().word() + " failed: " + e.getMessage());
        }
    }

    @Override
    public Duration limit() {
        return options.duration().plus(SLACK).multipliedBy(BlocksPart.values().length);
    }

    @Override
    public String progress(RunHealth counts, RunHealth recorded, Duration time) {
        int parts = BlocksPart.values().length;
        var now = current;
        double whole = options.duration().toMillis() / 1e3 * parts;
        return String.format(
                Locale.ROOT,
                "blocks %s %s, %,d MB down, %,d MB up, %.1f s",
                Progress.bar(time.toMillis() / 1e3 / whole),
                now == null ? "done" : now.part().word(),
                counts.count("blocks.client.received") / 1_000_000,
                counts.count("blocks.server.received") / 1_000_000,
                time.toMillis() / 1e3);
    }

    /** What is under way when the run is interrupted ends with its stage. */
    @Override
    public void end() {
        left.clear();
    }

    @Override
    public Findings soFar(Instant start, RunHealth recorded) {
        return findings(start, recorded, Map.of());
    }

    @Override
    public Findings found(Instant start, RunHealth observed) {
        return findings(start, observed, outcomes);
    }

    private Findings findings(Instant start, RunHealth observed, Map<BlocksPart, BlocksPart.Outcome> parts) {
        long failed = observed.count("blocks.client.failed") + observed.count("blocks.server.blocks_malformed");
        return new Findings(
                start,
                Duration.between(start, Instant.now()).toMillis() / 1e3,
                parts.size() == BlocksPart.values().length && failed == 0,
                new BlocksFindings(stage, parts, observed).observations(),
                BlocksFindings.verdict(observed, parts));
    }
}

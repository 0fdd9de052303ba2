package dev.muster.launcher.service;

import dev.muster.bus.RunAnswer;
import dev.muster.bus.RunAnswer.Outcome;
import dev.muster.bus.RunNews;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The run under way: one at a time, because two would measure each other. Safe to use from any thread. */
final class Runs implements AutoCloseable {
    private final Path results;
    private final Map<String, String> environment;
    private final Consumer<RunNews> news;
    private @Nullable ChildRun current;

    /** @param news hears how it goes on */
    Runs(Path results, Map<String, String> environment, Consumer<RunNews> news) {
        this.results = results;
        this.environment = environment;
        this.news = news;
    }

    /** Begins a run, unless one is under way. Blocks until its folder is there, or it has failed. */
    RunAnswer start(Order order, String by) {
        ChildRun begun;
        synchronized (this) {
            var running = current;
            if (running != null && running.isAlive()) {
                return busy(running);
            }
            try {
                begun = ChildRun.start(order, by, results, environment, news);
            } catch (IOException e) {
                return failed(order, "the process of the run can't be started: " + e.getMessage());
            }
            current = begun;
        }
        var run = begun.awaitRun();
        return run.isEmpty()
                ? failed(order, begun.lastWords())
                : new RunAnswer(Outcome.DONE, run, order.command(), List.of(), "");
    }

    private static RunAnswer busy(ChildRun running) {
        var since = Instant.ofEpochMilli(running.startMillis()).truncatedTo(ChronoUnit.SECONDS);
        return new RunAnswer(
                Outcome.BUSY,
                running.run(),
                running.command(),
                List.of(),
                "a run of " + running.experiment() + " is under way, begun " + since + " by " + running.by());
    }

    private static RunAnswer failed(Order order, String reason) {
        return new RunAnswer(Outcome.FAILED, "", order.command(), List.of(), reason);
    }

    /** Tells the run of this id to end. It writes what it has; the news say when. */
    synchronized RunAnswer stop(String run) {
        var running = current;
        if (running == null || !running.isAlive() || !running.run().equals(run)) {
            return new RunAnswer(Outcome.UNKNOWN, run, "", List.of(), "no run " + run + " is under way here");
        }
        running.stop();
        return new RunAnswer(Outcome.DONE, run, running.command(), List.of(), "");
    }

    /** Ends the run under way, and waits for its result. */
    @Override
    public void close() {
        ChildRun running;
        synchronized (this) {
            running = current;
        }
        if (running != null) {
            running.end();
        }
    }
}

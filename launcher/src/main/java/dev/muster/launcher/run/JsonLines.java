package dev.muster.launcher.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Stats;
import dev.muster.launcher.result.Result;
import dev.muster.node.RunHealth;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells a program how a run goes on: a line of JSON each second, documented in docs/results.md. */
final class JsonLines implements Spectator {
    private static final ObjectWriter JSON = BusCodecs.mapper(false).writerFor(Line.class);

    private final PrintStream out;
    private final Progress progress;
    private String run = "";

    /**
     * One line.
     *
     * @param state {@code starting}, {@code running}, and in the last line {@code finished} or {@code interrupted}
     * @param stats what the run's collector has merged since the load began, with the last second as its timeline; null
     *     when there was none
     * @param result as in {@code summary.json}; null before the first second
     */
    private record Line(
            String state,
            String run,
            String progress,
            @Nullable Stats stats,
            @Nullable Result result) {}

    JsonLines(PrintStream out, Progress progress) {
        this.out = out;
        this.progress = progress;
    }

    @Override
    public void begins(String begun) {
        run = begun;
        print(new Line("starting", begun, "", null, null));
    }

    @Override
    public void second(Result result, RunHealth observed, Stats.Point news) {
        print(new Line("running", run, progress.latest(), observed.stats(List.of(news)), result));
    }

    @Override
    public void ends(Result result) {
        print(new Line(result.state().name().toLowerCase(Locale.ROOT), run, progress.latest(), null, result));
    }

    private void print(Line line) {
        try {
            out.println(JSON.writeValueAsString(line));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers and texts can't fail to be written", e);
        }
    }
}

package dev.muster.launcher.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A comparison of two runs, for who has no command line. */
public final class PairOfRuns {
    private PairOfRuns() {}

    /**
     * What {@code compare BASELINE OTHER --output=json} prints. Reads and computes; blocks.
     *
     * @throws IOException when a result can't be read; the message says which
     */
    public static String json(Path baseline, Path other) throws IOException {
        var problems = new ArrayList<String>();
        var first = Side.read(Side.name(0), baseline.toString(), problems);
        var second = Side.read(Side.name(1), other.toString(), problems);
        if (first.isEmpty() || second.isEmpty()) {
            throw new IOException(String.join("; ", problems));
        }
        return JsonReport.of(Report.of(List.of(first.get(), second.get()), List.of(), Optional.empty()));
    }
}

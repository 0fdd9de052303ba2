package dev.muster.launcher.service;

import dev.muster.bus.KnownRuns;
import dev.muster.bus.ResultQuery;
import dev.muster.bus.ResultText;
import dev.muster.launcher.compare.PairOfRuns;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.ResultFolder;
import dev.muster.launcher.result.RunningMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The results of runs, as their folders hold them. Safe to use from any thread; blocks. */
final class Archive {
    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);
    private static final int MOST = 500;

    private final Path results;
    /** What has come to its end changes no more; a folder that is gone is not asked for. */
    private final ConcurrentHashMap<String, KnownRuns.Line> ended = new ConcurrentHashMap<>();

    Archive(Path results) {
        this.results = results;
    }

    /** All of them, the latest first. */
    KnownRuns all() {
        var lines = new ArrayList<KnownRuns.Line>();
        int unreadable = 0;
        for (var folder : folders()) {
            var line = line(folder);
            line.ifPresent(lines::add);
            unreadable += line.isEmpty() ? 1 : 0;
        }
        return new KnownRuns(lines, unreadable);
    }

    private List<Path> folders() {
        if (!Files.isDirectory(results)) {
            return List.of();
        }
        try (var all = Files.list(results)) {
            return all.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(
                                    (Path folder) -> folder.getFileName().toString())
                            .reversed())
                    .limit(MOST)
                    .toList();
        } catch (IOException e) {
            LOG.warn("event=results_unreadable folder={} cause=\"{}\"", results, e.getMessage());
            return List.of();
        }
    }

    private Optional<KnownRuns.Line> line(Path path) {
        var name = path.getFileName().toString();
        var known = ended.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            var folder = ResultFolder.open(path);
            var result = folder.read();
            var line = line(folder, result);
            if (result.state() != Result.State.RUNNING && line.report()) {
                ended.put(name, line);
            }
            return Optional.of(line);
        } catch (IOException noResult) {
            LOG.debug("event=result_unreadable folder={}", path, noResult);
            return Optional.empty();
        }
    }

    private static KnownRuns.Line line(ResultFolder folder, Result result) throws IOException {
        boolean killed = result.state() == Result.State.RUNNING && !RunningMark.isOn(folder);
        var parameters = new ArrayList<String>();
        result.parameters().forEach((name, value) -> parameters.add(name + " " + value));
        return new KnownRuns.Line(
                folder.run(),
                result.experiment(),
                result.start(),
                result.durationSeconds(),
                killed ? "killed" : result.state().name().toLowerCase(Locale.ROOT),
                result.verdict().word(),
                (int) result.thresholds().stream().filter(Result.Check::met).count(),
                (int) result.thresholds().stream().filter(Result.Check::missed).count(),
                String.join(", ", parameters),
                Files.isRegularFile(folder.file(ResultFolder.REPORT)));
    }

    /** Something of one result. */
    ResultText answer(ResultQuery query) {
        try {
            var folder = folder(query.run());
            return new ResultText(
                    true,
                    switch (query.part()) {
                        case SUMMARY -> ResultFolder.json(folder.read());
                        case REPORT -> report(folder);
                        case COMPARISON ->
                            PairOfRuns.json(folder.path(), folder(query.other()).path());
                    });
        } catch (IOException e) {
            return new ResultText(false, String.valueOf(e.getMessage()));
        }
    }

    private static String report(ResultFolder folder) throws IOException {
        var file = folder.file(ResultFolder.REPORT);
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    "no report of " + folder.run() + " yet: './muster report " + folder.path() + "' makes it");
        }
        return Files.readString(file);
    }

    /** A run's id is the name of a folder, and leads nowhere else. */
    private ResultFolder folder(String run) throws IOException {
        var path = results.resolve(run).normalize();
        if (run.isEmpty() || !results.normalize().equals(path.getParent()) || !Files.isDirectory(path)) {
            throw new IOException("no run '" + run + "'");
        }
        return ResultFolder.open(path);
    }
}

package dev.muster.launcher.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The folder of one run's result, {@code <results>/<time>-<experiment>}. Its name is the run's id. */
public final class ResultFolder {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String SUMMARY = "summary.json";
    /** The page of the result. */
    public static final String REPORT = "report.html";

    private static final String METRICS = "metrics.csv";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            // A result of a later Muster may say more.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path path;
    private final String run;

    private ResultFolder(Path path, String run) {
        this.path = path;
        this.run = run;
    }

    private ResultFolder(Path path) {
        this(path, path.getFileName().toString());
    }

    /**
     * Makes a new folder for a run that begins now.
     *
     * @throws IOException when the parent can't be written to
     */
    public static ResultFolder create(Path results, String experiment, Instant now) throws IOException {
        Files.createDirectories(results);
        var name = TIME.format(now) + "-" + experiment;
        var path = results.resolve(name);
        for (int again = 2; !created(path); again++) {
            path = results.resolve(name + "-" + again);
        }
        return new ResultFolder(path);
    }

    /** Whether the folder is new: another run may have begun in the same second. */
    private static boolean created(Path path) throws IOException {
        try {
            Files.createDirectory(path);
            return true;
        } catch (FileAlreadyExistsException anotherRuns) {
            return false;
        }
    }

    /** The run's id. */
    public String run() {
        return run;
    }

    /**
     * Makes the folder for the files of one repetition of the same run.
     *
     * @param number from 1
     * @throws IOException when it can't be made
     */
    public ResultFolder repetition(int number) throws IOException {
        return new ResultFolder(Files.createDirectories(path.resolve(String.valueOf(number))), run);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** A file of the run's result. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** Writes {@code summary.json} and {@code metrics.csv}, each whole or not at all. */
    public void write(Result result) throws IOException {
        write(METRICS, MetricsCsv.of(result));
        write(SUMMARY, json(result));
    }

    /** Writes a file whole or not at all: who reads it meanwhile reads the one before. */
    public void write(String name, String content) throws IOException {
        var part = file(name + ".part");
        Files.writeString(part, content);
        Files.move(part, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * The folder of a run that was.
     *
     * @throws IOException when there is no result, or none that this version can read; the message says which
     */
    public static ResultFolder open(Path path) throws IOException {
        var folder = new ResultFolder(path.toAbsolutePath().normalize());
        if (!Files.isRegularFile(folder.file(SUMMARY))) {
            throw new IOException(path + " is no result of a run: there is no " + SUMMARY + " in it");
        }
        return folder;
    }

    /**
     * Reads {@code summary.json}.
     *
     * @throws IOException when it can't be read; the message says why
     */
    public Result read() throws IOException {
        var file = file(SUMMARY);
        try {
            var tree = JSON.readTree(file.toFile());
            int version = tree.path("version").asInt();
            if (version != Result.VERSION) {
                throw new IOException(file + " is of version " + version + ", and this Muster reads version "
                        + Result.VERSION + ": use the Muster that wrote it");
            }
            return JSON.treeToValue(tree, Result.class);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no result of a run: " + e.getOriginalMessage(), e);
        }
    }

    /** The text of {@code summary.json}. */
    public static String json(Result result) throws IOException {
        return JSON.writeValueAsString(result) + "\n";
    }
}

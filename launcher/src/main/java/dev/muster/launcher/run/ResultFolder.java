package dev.muster.launcher.run;

import com.fasterxml.jackson.databind.ObjectWriter;
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
final class ResultFolder {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final ObjectWriter JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writer();

    private final Path path;

    private ResultFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes a new folder for a run that begins now.
     *
     * @throws IOException when the parent can't be written to
     */
    static ResultFolder create(Path results, String experiment, Instant now) throws IOException {
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
    String run() {
        return path.getFileName().toString();
    }

    /** Where it is. */
    Path path() {
        return path;
    }

    /** A file of the run's result. */
    Path file(String name) {
        return path.resolve(name);
    }

    /** Writes {@code summary.json}, whole or not at all. */
    void write(Result result) throws IOException {
        var part = file("summary.json.part");
        Files.writeString(part, json(result));
        Files.move(part, file("summary.json"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The text of {@code summary.json}. */
    static String json(Result result) throws IOException {
        return JSON.writeValueAsString(result) + "\n";
    }
}

package dev.muster.kube;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of lines in the form of the original's logs, without a header. Lines are gathered and written a few times a second,
 * so that an event loop is never held up. For one event loop.
 */
public final class CsvFile {
    private static final Logger LOG = LoggerFactory.getLogger(CsvFile.class);
    private static final long NANOS = 1_000_000_000L;
    private static final long FLUSH_MILLIS = 250;
    private static final int FLUSH_BYTES = 1 << 16;

    /** UTC with milliseconds. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Vertx vertx;
    private final Path path;
    private final AsyncFile file;
    private final long timer;
    private Buffer gathered = Buffer.buffer();
    private int lines;
    private long lost;
    private Future<Void> written = Future.succeededFuture();

    private CsvFile(Vertx vertx, Path path, AsyncFile file) {
        this.vertx = vertx;
        this.path = path;
        this.file = file;
        this.timer = vertx.setPeriodic(FLUSH_MILLIS, tick -> flush());
    }

    /** Opens the file, and empties it when it is there. */
    public static Future<CsvFile> open(Vertx vertx, Path path) {
        var options =
                new OpenOptions().setCreate(true).setTruncateExisting(true).setRead(false);
        return vertx.fileSystem().open(path.toString(), options).map(file -> new CsvFile(vertx, path, file));
    }

    /** A time of epoch nanoseconds, as a line has it. */
    public static String time(long epochNanos) {
        return TIME.format(Instant.ofEpochSecond(Math.floorDiv(epochNanos, NANOS), Math.floorMod(epochNanos, NANOS)));
    }

    /** Adds a line of these fields; one with a comma, a quote or a line break is quoted (RFC 4180). */
    public void line(String... fields) {
        for (int i = 0; i < fields.length; i++) {
            gathered.appendString(i == 0 ? "" : ",").appendString(quoted(fields[i]));
        }
        gathered.appendString("\n");
        lines++;
        if (gathered.length() > FLUSH_BYTES) {
            flush();
        }
    }

    private static String quoted(String field) {
        return field.matches("(?s).*[,\"\r\n].*") ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }

    private void flush() {
        if (gathered.length() > 0) {
            var text = gathered;
            int count = lines;
            gathered = Buffer.buffer();
            lines = 0;
            written = written.compose(before -> file.write(text)).recover(cause -> lose(count, cause));
        }
    }

    /** A full disk may have room again: the lines after these are tried. */
    private Future<Void> lose(int count, Throwable cause) {
        if (lost == 0) {
            LOG.error(
                    "event=csv.lines_lost file={} cause=\"{}\" fix=\"make room; the file has a gap\"",
                    path,
                    ApiClient.text(cause));
        }
        lost += count;
        return Future.succeededFuture();
    }

    /** Writes what is left, and closes the file; what could not be written is told in the log. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        flush();
        return written.eventually(file::close).onComplete(closed -> {
            if (lost > 0) {
                LOG.error("event=csv.incomplete file={} lines_lost={}", path, lost);
            }
        });
    }
}

package dev.muster.blocks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file to which the keys of TLS connections are appended, one line each in the NSS key-log format, as TLS hands them
 * out. The file can be read by its owner alone. A thread of its own writes. Safe to use from any thread.
 */
final class KeyLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyLog.class);
    private static final String VARIABLE = "SSLKEYLOGFILE";

    private final OutputStream file;
    private final ExecutorService writer;

    private KeyLog(OutputStream file) {
        this.file = file;
        this.writer = Executors.newSingleThreadExecutor(task -> {
            var thread = new Thread(task, "muster-key-log");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Where to log keys: the option, or else the variable that browsers know; empty: not at all. */
    static Optional<Path> path(@Nullable Path option, Map<String, String> environment) {
        if (option != null) {
            return Optional.of(option);
        }
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(name -> !name.isBlank())
                .map(Path::of);
    }

    /** Opens the file, and makes it when it is not there, and says loudly that it does. */
    static KeyLog open(Path path) throws IOException {
        if (!Files.exists(path)) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        var file = Files.newOutputStream(path, StandardOpenOption.APPEND);
        LOG.warn(
                "event=blocks.key_log file={} note=\"the keys of every TLS connection are written there: whoever reads"
                        + " the file can decrypt all traffic; leave out --blocks-key-log and {} to stop\"",
                path,
                VARIABLE);
        return new KeyLog(file);
    }

    /** Appends one line, without its end. */
    void add(byte[] line) {
        var whole = Arrays.copyOf(line, line.length + 1);
        whole[line.length] = '\n';
        try {
            writer.execute(() -> write(whole));
        } catch (RejectedExecutionException closed) {
            LOG.debug("event=blocks.key_log_closed");
        }
    }

    private void write(byte[] line) {
        try {
            file.write(line);
        } catch (IOException e) {
            LOG.warn("event=blocks.key_log_failed cause=\"{}\"", e.getMessage());
        }
    }

    /** Writes what is left and closes the file. */
    @Override
    public void close() {
        writer.execute(() -> {
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("event=blocks.key_log_failed cause=\"{}\"", e.getMessage());
            }
        });
        writer.shutdown();
    }
}

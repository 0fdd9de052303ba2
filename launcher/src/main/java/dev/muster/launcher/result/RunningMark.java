package dev.muster.launcher.result;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A lock on a file in the folder of a run, held while the run goes on. The system takes it from a process that dies,
 * however it dies, so that a run that was killed is told from one that is under way.
 */
public final class RunningMark implements AutoCloseable {
    private static final String FILE = ".running";

    private final Path file;
    private final FileChannel channel;

    private RunningMark(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Marks a folder until it is closed.
     *
     * @throws IOException when it can't be written to
     */
    public static RunningMark on(ResultFolder folder) throws IOException {
        var file = folder.file(FILE);
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        return new RunningMark(file, channel);
    }

    /** Whether some process on this machine works on the folder. */
    public static boolean isOn(ResultFolder folder) throws IOException {
        var file = folder.file(FILE);
        if (!Files.isWritable(file)) {
            return false;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException byThisProcess) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}

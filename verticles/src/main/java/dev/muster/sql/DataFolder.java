package dev.muster.sql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/**
 * A folder that one process alone uses, and deletes in the end unless its data are to be kept. A folder that holds
 * anything else than a server's data of ours is never touched.
 */
final class DataFolder implements AutoCloseable {
    private static final String MARK = "muster-data";

    private final Path folder;
    private final boolean keep;
    private final Path lockFile;
    private final FileChannel lock;

    private DataFolder(Path folder, boolean keep, Path lockFile, FileChannel lock) {
        this.folder = folder;
        this.keep = keep;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Takes the folder for this process.
     *
     * @param keep whether data that are there already are kept
     * @throws IOException when another process has it, or it holds foreign files
     */
    static DataFolder open(Path folder, boolean keep) throws IOException {
        if (Files.exists(folder) && !isEmpty(folder) && !Files.exists(folder.resolve(MARK))) {
            throw new IOException(
                    folder + " holds files that are not a database's of Muster: choose another --data-dir");
        }
        Files.createDirectories(folder.toAbsolutePath().getParent());
        var lockFile = folder.resolveSibling(folder.getFileName() + ".lock");
        var lock = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // Whoever had it before deletes the file before it frees the lock: then this lock is on nothing.
        if (!tryLock(lock) || !Files.exists(lockFile)) {
            lock.close();
            throw new IOException("another process uses " + folder + ": choose another --data-dir");
        }
        if (!keep) {
            delete(folder);
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(MARK), "The data of Muster's embedded MariaDB.\n");
        return new DataFolder(folder, keep, lockFile, lock);
    }

    @Override
    public void close() throws IOException {
        if (!keep) {
            delete(folder);
        }
        Files.deleteIfExists(lockFile);
        lock.close();
    }

    private static boolean tryLock(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

package dev.muster.informer;

import dev.muster.kube.CsvFile;
import java.util.Optional;

/** What was worked off, in a CSV file with the original's columns, where the user wants one. For one event loop. */
final class WorkLog {
    /** What the original writes for an object that is gone. */
    private static final String NO_CREATION = "2000-01-01 00:00:00";

    private final Optional<CsvFile> file;

    WorkLog(Optional<CsvFile> file) {
        this.file = file;
    }

    /**
     * An object was taken off the queue.
     *
     * @param now epoch nanoseconds
     * @param creation as the API server wrote it; empty when the object is gone
     */
    void write(long now, String operation, String key, String creation, Pending why, Workers.Difference difference) {
        if (file.isEmpty()) {
            return;
        }
        file.get()
                .line(
                        CsvFile.time(now),
                        operation,
                        key,
                        creation.isEmpty()
                                ? NO_CREATION
                                : creation.replace('T', ' ').replace("Z", ""),
                        String.valueOf(why.adds()),
                        String.valueOf(why.updates()),
                        String.valueOf(why.deletes()),
                        CsvFile.time(why.first()),
                        CsvFile.time(why.last()),
                        String.valueOf(difference.number()));
    }
}

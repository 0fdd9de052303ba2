package dev.muster.watcher;

import dev.muster.kube.CsvFile;
import dev.muster.kube.Timestamps;
import dev.muster.kube.WatchEvent;
import java.util.Locale;
import java.util.Optional;

/** The events in a CSV file, where the user wants one. For one event loop. */
final class EventLog {
    private final Optional<CsvFile> file;

    EventLog(Optional<CsvFile> file) {
        this.file = file;
    }

    /**
     * An event came.
     *
     * @param arrived epoch nanoseconds
     */
    void write(WatchEvent event, long arrived) {
        if (file.isEmpty() || event.type() == WatchEvent.Type.BOOKMARK) {
            return;
        }
        var stamp =
                switch (event.type()) {
                    case ADDED -> event.created();
                    case MODIFIED -> event.updated();
                    default -> "";
                };
        var sent = Timestamps.read(stamp);
        file.get()
                .line(
                        CsvFile.time(arrived),
                        event.type().name().toLowerCase(Locale.ROOT),
                        event.key(),
                        event.creation(),
                        event.resourceVersion(),
                        sent.isPresent() ? CsvFile.time(sent.getAsLong()) : "");
    }
}

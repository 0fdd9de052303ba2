package dev.muster.driver;

import dev.muster.kube.CsvFile;
import dev.muster.kube.Outcome;
import java.util.Optional;

/** The operations in a CSV file, where the user wants one. For one event loop. */
final class OperationLog {
    private final Optional<CsvFile> file;

    OperationLog(Optional<CsvFile> file) {
        this.file = file;
    }

    /**
     * An operation ended.
     *
     * @param before when its request was sent, epoch nanoseconds
     * @param sent the same of {@link System#nanoTime}
     * @param service how long its answer took
     */
    void write(Operation operation, String key, long before, long sent, long service, Outcome outcome) {
        if (file.isEmpty()) {
            return;
        }
        // The steady clock's distance to the intended time, told by the wall clock.
        long intended = before - (sent - operation.intended());
        file.get()
                .line(
                        CsvFile.time(before),
                        CsvFile.time(before + service),
                        operation.verb().word(),
                        key,
                        error(outcome),
                        CsvFile.time(intended));
    }

    private static String error(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return refused.status() + " " + (refused.reason().isEmpty() ? refused.message() : refused.reason());
        } else if (outcome instanceof Outcome.NotSent notSent) {
            return "not sent: " + notSent.cause();
        } else if (outcome instanceof Outcome.Unknown unknown) {
            return "unknown: " + unknown.cause();
        }
        return "";
    }
}

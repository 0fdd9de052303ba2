package dev.muster.launcher.run.streams;

import dev.muster.launcher.command.GeneralOptions;
import dev.muster.launcher.faults.PlannedFaults;
import dev.muster.launcher.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the stand-in store of a run keeps its data. A store that faults end must find them when it starts again, as on a
 * persistent volume: they are in a folder of the run's, which it deletes in the end.
 *
 * @param folder null for the store's own choice
 * @param keep whether what is there is used, and left
 * @param delete whether the folder is the run's own
 */
record StoreData(@Nullable Path folder, boolean keep, boolean delete) implements AutoCloseable {
    static StoreData of(Run run) throws IOException {
        var general = run.options(GeneralOptions.class);
        var given = general.dataDir();
        if (general.keepData()
                || run.faults().filter(PlannedFaults::stopProcesses).isEmpty()) {
            return new StoreData(given, general.keepData(), false);
        }
        if (given == null) {
            return new StoreData(Files.createTempDirectory("muster-store-"), true, true);
        }
        Files.createDirectories(given);
        return new StoreData(Files.createTempDirectory(given, "store-"), true, true);
    }

    /** As the store's options. */
    List<String> arguments() {
        return folder == null ? List.of() : List.of("--data-dir=" + folder, "--keep-data=" + keep);
    }

    @Override
    public void close() throws IOException {
        if (!delete || folder == null) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

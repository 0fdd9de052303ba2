package dev.muster.store;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests of one store on its own, the same for all tests of a class; each test has a stream of its own. */
abstract class StoreScenario {
    @TempDir
    private static Path folder;

    @AutoClose
    @SuppressWarnings("NullAway.Init") // before the first test
    private static StoreOnItsOwn own;

    @SuppressWarnings("NullAway.Init")
    static RunningStore store;

    final String stream = UUID.randomUUID().toString();
    final String path = "/streams/" + stream;

    @BeforeAll
    static void start() throws Exception {
        own = StoreOnItsOwn.start(folder);
        store = own.store();
    }
}

package dev.muster.store;

import dev.muster.sql.EmbeddedMariaDb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;

/** A store that takes small bodies, with a database that no other test has. */
record StoreOnItsOwn(EmbeddedMariaDb database, RunningStore store) implements AutoCloseable {
    static StoreOnItsOwn start(Path folder) throws Exception {
        var home = Path.of(System.getProperty("muster.mariadb.home"));
        var database = EmbeddedMariaDb.start(new EmbeddedMariaDb.Settings(home, folder.resolve("db"), false, 0));
        return new StoreOnItsOwn(database, RunningStore.start(database.url(), "--store-max-body=65536"));
    }

    @Override
    public void close() throws IOException, TimeoutException {
        store.close();
        database.close();
    }
}

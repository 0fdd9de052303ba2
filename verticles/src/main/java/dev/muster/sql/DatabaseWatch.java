package dev.muster.sql;

import dev.muster.measure.Recorder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells its owner and the log when the database comes and goes, and why; the log hears of each change once. */
public final class DatabaseWatch implements BatchWriter.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    private final String address;
    private final Consumer<String> waiting;
    private final Runnable ready;
    private final Recorder batchRows;
    private final Promise<Void> tried = Promise.promise();
    private boolean up;
    private String toldCause = "";

    /**
     * @param address of the database, without a password
     * @param waiting told what is waited for, for a user to read: at once, and whenever the database goes away
     * @param ready called when the database is there
     * @param batchRows takes the rows of each statement
     */
    public DatabaseWatch(String address, Consumer<String> waiting, Runnable ready, Recorder batchRows) {
        this.address = address;
        this.waiting = waiting;
        this.ready = ready;
        this.batchRows = batchRows;
        waiting.accept("MariaDB at " + address);
    }

    /** Completes when the first attempt to connect has ended, so that a database which is there is found at once. */
    public Future<Void> tried() {
        return tried.future();
    }

    @Override
    public void sending(int rows) {
        batchRows.record(rows);
    }

    @Override
    public void connected(int connections) {
        if (up != connections > 0) {
            up = !up;
            changed();
        }
        tried.tryComplete();
    }

    private void changed() {
        if (up) {
            LOG.info("event=database_ready address={}", address);
            ready.run();
            toldCause = "";
        } else {
            LOG.warn("event=database_lost address={}", address);
            waiting.accept("MariaDB at " + address);
        }
    }

    @Override
    public void refused(Throwable cause) {
        var why = String.valueOf(cause.getMessage());
        if (!up) {
            waiting.accept("MariaDB at " + address + ": " + why);
        }
        if (!why.equals(toldCause)) {
            LOG.warn("event=database_wait address={} cause=\"{}\"", address, why);
            toldCause = why;
        }
        tried.tryComplete();
    }
}

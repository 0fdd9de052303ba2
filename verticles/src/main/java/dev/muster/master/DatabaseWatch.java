package dev.muster.master;

import dev.muster.measure.Recorder;
import dev.muster.node.Readiness;
import dev.muster.sql.BatchWriter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells {@code /readyz} and the log when the database comes and goes, and why; the log hears of each change once. */
final class DatabaseWatch implements BatchWriter.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
    private static final String PART = "master-sql";

    private final String address;
    private final Readiness readiness;
    private final Recorder batchRows;
    private final Promise<Void> tried = Promise.promise();
    private boolean up;
    private String toldCause = "";

    DatabaseWatch(String address, Readiness readiness, Recorder batchRows) {
        this.address = address;
        this.readiness = readiness;
        this.batchRows = batchRows;
        readiness.waiting(PART, "MariaDB at " + address);
    }

    /** Completes when the first attempt to connect has ended, so that a database which is there is found at once. */
    Future<Void> tried() {
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
            readiness.ready(PART);
            toldCause = "";
        } else {
            LOG.warn("event=database_lost address={}", address);
            readiness.waiting(PART, "MariaDB at " + address);
        }
    }

    @Override
    public void refused(Throwable cause) {
        var why = String.valueOf(cause.getMessage());
        if (!up) {
            readiness.waiting(PART, "MariaDB at " + address + ": " + why);
        }
        if (!why.equals(toldCause)) {
            LOG.warn("event=database_wait address={} cause=\"{}\"", address, why);
            toldCause = why;
        }
        tried.tryComplete();
    }
}

package dev.muster.store;

import dev.muster.bus.Addresses;
import dev.muster.bus.Appended;
import dev.muster.bus.Appended.Outcome;
import dev.muster.bus.Appends;
import dev.muster.bus.DeleteStream;
import dev.muster.bus.Message;
import dev.muster.bus.ReadEvent;
import dev.muster.bus.ReadPage;
import dev.muster.node.Node;
import dev.muster.sql.BatchWriter;
import dev.muster.sql.BatchWriter.Limits;
import dev.muster.sql.DatabaseWatch;
import dev.muster.sql.Databases;
import dev.muster.sql.Questions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The store's side of the database. It is deployed whether or not the database is there: until it is, and whenever it
 * goes away, requests fail as unavailable and the connections try again. It serves the HTTP verticles of its own process
 * alone, so that the appends to a stream meet in one place where they can.
 */
final class StoreSqlVerticle extends VerticleBase {
    private static final String PART = "store-sql";
    private static final int READER_QUEUE = 10_000;

    /** Some 20 MB of heads. */
    private static final int HEADS = 100_000;

    private final StoreOptions options;
    private final Node node;
    private final MySQLConnectOptions database;
    private @Nullable BatchWriter<EventRows> writer;

    /**
     * @param databaseUrl a URL in which {@link Databases#problem} finds nothing wrong
     */
    StoreSqlVerticle(StoreOptions options, String databaseUrl, Node node) {
        this.options = options;
        this.node = node;
        this.database = Databases.options(databaseUrl);
    }

    @Override
    public Future<?> start() {
        var watch = new DatabaseWatch(
                Databases.address(database),
                reason -> node.readiness().waiting(PART, reason),
                () -> node.readiness().ready(PART),
                node.telemetry().recorder(StoreMetric.BATCH_ROWS));
        // Each statement is alone in its transaction: it needs to lock its rows, and not the gaps between others'.
        var session = List.of("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
        var connector = Databases.connector(vertx, database, session);
        var limits = new Limits(options.dbConnections(), options.batch(), options.queue());
        var writing = new BatchWriter<>(vertx, new EventInsert(), limits, () -> ready(connector.get()), watch);
        writer = writing;
        node.telemetry().gauge(StoreMetric.QUEUE, writing::queued);
        var table = new EventTable(Databases.pool(vertx, database, session, options.dbReaders(), READER_QUEUE));
        var counters = node.telemetry().counters(StoreCounter.class);
        var appender = new Appender(
                new Round(table, writing, new HeadCache(HEADS), counters), options.batch(), options.queue());
        this.<Appends>serve(Addresses.STORE_APPEND, appends -> all(appends, appender));
        this.<DeleteStream>serve(Addresses.STORE_DELETE, deletion -> appender.delete(deletion)
                .map(outcome -> new Appended(List.of(outcome))));
        this.<ReadEvent>serve(Addresses.STORE_EVENT, table::event);
        this.<ReadPage>serve(Addresses.STORE_PAGE, table::page);
        writing.start();
        return watch.tried();
    }

    private static Future<Appended> all(Appends appends, Appender appender) {
        var outcomes = new ArrayList<Future<Outcome>>();
        appends.appends().forEach(append -> outcomes.add(appender.append(append)));
        return Future.all(outcomes).map(done -> new Appended(done.list()));
    }

    @Override
    public Future<?> stop() {
        var writing = writer;
        return writing == null ? Future.succeededFuture() : writing.close();
    }

    private static Future<SqlConnection> ready(Future<SqlConnection> connecting) {
        return connecting.compose(connection -> StoreSchema.SCHEMA
                .apply(connection)
                .<SqlConnection>map(connection)
                .onFailure(cause -> connection.close()));
    }

    private <Q extends Message> void serve(String address, Function<Q, Future<? extends Message>> work) {
        Questions.answer(vertx.eventBus().localConsumer(address), work);
    }
}

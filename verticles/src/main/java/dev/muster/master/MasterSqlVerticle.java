package dev.muster.master;

import dev.muster.bus.Addresses;
import dev.muster.bus.Cleanup;
import dev.muster.bus.CreateTask;
import dev.muster.bus.Credential;
import dev.muster.bus.Failure;
import dev.muster.bus.Message;
import dev.muster.bus.MinionPageQuery;
import dev.muster.bus.MinionStats;
import dev.muster.bus.MinionStatsQuery;
import dev.muster.bus.NextTask;
import dev.muster.bus.Registrations;
import dev.muster.bus.TaskOffer;
import dev.muster.bus.TaskReport;
import dev.muster.measure.EpochClock;
import dev.muster.node.Node;
import dev.muster.sql.BatchWriter;
import dev.muster.sql.BatchWriter.Limits;
import dev.muster.sql.DatabaseWatch;
import dev.muster.sql.Databases;
import dev.muster.sql.Questions;
import dev.muster.sql.RowStatement;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The master's side of the database. It is deployed whether or not the database is there: until it is, and whenever it
 * goes away, requests fail as unavailable, {@code /readyz} says what is waited for, and the connections try again.
 */
final class MasterSqlVerticle extends VerticleBase {
    private static final String PART = "master-sql";

    /** Beside the writers: questions, pages and tasks. */
    private static final int READERS = 4;

    private static final int READER_QUEUE = 2_000;

    private final MasterOptions options;
    private final Node node;
    private final MySQLConnectOptions database;
    private final MasterSchema schema;
    private final List<BatchWriter<?>> writers = new ArrayList<>();

    /**
     * @param databaseUrl a URL in which {@link Databases#problem} finds nothing wrong
     */
    MasterSqlVerticle(MasterOptions options, String databaseUrl, Node node) {
        this.options = options;
        this.node = node;
        this.database = Databases.options(databaseUrl);
        this.schema = new MasterSchema(options.tableEngine());
    }

    @Override
    public Future<?> start() {
        boolean durable = options.tableEngine() == MasterOptions.TableEngine.INNODB;
        var pool = Databases.pool(vertx, database, schema.session(), READERS, READER_QUEUE);
        var minions = new MinionTable(pool, durable);
        var tasks = new TaskTable(pool, EpochClock.system());
        var limits = new Limits(options.dbConnections(), options.batch(), options.queue());
        var watch = new DatabaseWatch(
                Databases.address(database),
                reason -> node.readiness().waiting(PART, reason),
                () -> node.readiness().ready(PART),
                node.telemetry().recorder(MasterMetric.BATCH_ROWS));
        var registrations = writer(limits, new MinionInsert(), watch);
        var errors = writer(
                new Limits(1, limits.batch(), limits.queue()), new BootErrorUpdate(), new BatchWriter.Listener() {});
        node.telemetry().gauge(MasterMetric.QUEUE, registrations::queued);

        this.<Registrations>serve(Addresses.REGISTER, asked -> Outcomes.of(asked, registrations));
        var stats = new Shared<MinionStatsQuery, MinionStats>(query -> stats(minions, tasks, query));
        this.<MinionStatsQuery>serve(Addresses.MINION_STATS, stats::ask);
        this.<MinionPageQuery>serve(Addresses.MINION_PAGE, minions::page);
        this.<NextTask>serve(Addresses.NEXT_TASK, asking -> next(errors, tasks, asking));
        this.<TaskReport>serve(Addresses.REPORT_TASK, tasks::report);
        this.<CreateTask>serve(Addresses.CREATE_TASK, task -> admitted(task.credential(), () -> tasks.create(task)));
        this.<Cleanup>serve(
                Addresses.CLEANUP, cleanup -> admitted(cleanup.credential(), () -> minions.clean(cleanup.run())));
        writers.forEach(BatchWriter::start);
        return watch.tried();
    }

    @Override
    public Future<?> stop() {
        return Future.join(writers.stream().map(BatchWriter::close).toList());
    }

    private <T> BatchWriter<T> writer(Limits limits, RowStatement<T> statement, BatchWriter.Listener listener) {
        // Each statement is alone in its transaction: it needs to lock its rows, and not the gaps between others'.
        var session = new ArrayList<>(schema.session());
        session.add("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
        var connector = Databases.connector(vertx, database, session);
        var writer = new BatchWriter<>(vertx, statement, limits, () -> ready(connector.get()), listener);
        writers.add(writer);
        return writer;
    }

    private Future<SqlConnection> ready(Future<SqlConnection> connecting) {
        return connecting.compose(connection ->
                schema.apply(connection).<SqlConnection>map(connection).onFailure(cause -> connection.close()));
    }

    private static Future<MinionStats> stats(MinionTable minions, TaskTable tasks, MinionStatsQuery query) {
        var stats = minions.stats(query);
        return query.full() ? stats.compose(found -> tasks.stats().map(found::withTasks)) : stats;
    }

    /** Stores what the minion says of its boot instant, if it does, and looks for work. */
    private static Future<TaskOffer> next(BatchWriter<NextTask> errors, TaskTable tasks, NextTask asking) {
        var told = asking.errorMicros() == null ? Future.<Void>succeededFuture() : errors.write(asking);
        return told.compose(stored -> tasks.next(asking));
    }

    private <T> Future<T> admitted(Credential given, Supplier<Future<T>> command) {
        return node.credential().admits(given)
                ? command.get()
                : Future.failedFuture(Failure.FORBIDDEN.exception("the admin token is missing or wrong"));
    }

    private <Q extends Message> void serve(String address, Function<Q, Future<? extends Message>> work) {
        Questions.answer(vertx.eventBus().consumer(address), work);
    }
}

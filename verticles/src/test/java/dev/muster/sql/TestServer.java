package dev.muster.sql;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A MariaDB of a test's own and a Vert.x to ask it with. */
final class TestServer implements AutoCloseable {
    private static final Path HOME = Path.of(System.getProperty("muster.mariadb.home"));

    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedMariaDb server;

    TestServer(Path folder) throws IOException {
        server = EmbeddedMariaDb.start(new EmbeddedMariaDb.Settings(HOME, folder.resolve("db"), false, 0));
    }

    Vertx vertx() {
        return vertx;
    }

    String url() {
        return server.url();
    }

    SqlConnection connect() throws TimeoutException {
        return Databases.connector(vertx, Databases.options(server.url()), List.of())
                .get()
                .await(30, TimeUnit.SECONDS);
    }

    /** Does each statement and returns the rows of the last one. */
    List<Row> query(String... statements) throws TimeoutException {
        var connection = connect();
        var rows = new ArrayList<Row>();
        for (var statement : statements) {
            rows.clear();
            query(connection, statement).forEach(rows::add);
        }
        connection.close().await(30, TimeUnit.SECONDS);
        return rows;
    }

    static Iterable<Row> query(SqlConnection connection, String statement) throws TimeoutException {
        return connection.query(statement).execute().await(30, TimeUnit.SECONDS);
    }

    /** The number that the query answers with. */
    long number(String query) throws TimeoutException {
        return query(query).get(0).getLong(0);
    }

    @Override
    public void close() throws IOException, TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
        server.close();
    }
}

package dev.muster.sql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.SslMode;
import io.vertx.mysqlclient.spi.MySQLDriver;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How to reach a MariaDB, which users write as {@code mysql://user:password@host:3306/database}. A connection to which
 * the server says nothing for {@value #SILENCE_SECONDS} s is closed, so that a server that hangs is found out like one
 * that is gone: what is under way on it fails.
 */
public final class Databases {
    private static final Logger LOG = LoggerFactory.getLogger(Databases.class);

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int SILENCE_SECONDS = 10;
    private static final int POOL_WAIT_SECONDS = 5;

    /**
     * A value that doesn't fit is refused, never cut, whatever the server's defaults and the table's engine; who waits
     * for a lock is told so before the connection counts as silent.
     */
    private static final String SESSION = "SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES'),"
            + " lock_wait_timeout = 8, innodb_lock_wait_timeout = 8";

    private Databases() {}

    /** What is wrong with a database's URL, told without its password; empty when nothing is. */
    public static Optional<String> problem(String url) {
        try {
            var options = parse(url);
            if (options.getDatabase() == null || options.getDatabase().isEmpty()) {
                return Optional.of("names no database: write mysql://user:password@host:3306/database");
            }
            return Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.of("is not of the form mysql://user:password@host:3306/database");
        }
    }

    /**
     * Where the database at the URL is, and who asks.
     *
     * @throws IllegalArgumentException when the URL is malformed; {@link #problem} says why
     */
    public static MySQLConnectOptions options(String url) {
        var options = parse(url);
        options.setSslMode(options.getSslMode() == null ? SslMode.PREFERRED : options.getSslMode());
        options.setCachePreparedStatements(true);
        options.setPipeliningLimit(1);
        return options;
    }

    /** Host and port, for logs: the URL itself holds a password. */
    public static String address(MySQLConnectOptions options) {
        return options.getHost() + ":" + options.getPort();
    }

    /**
     * What opens connections that belong to the calling verticle's event loop.
     *
     * @param session statements of the owner's own to begin each connection with
     */
    public static Supplier<Future<SqlConnection>> connector(
            Vertx vertx, MySQLConnectOptions database, List<String> session) {
        var factory = MySQLDriver.INSTANCE.createConnectionFactory(vertx, netOptions());
        return () -> factory.connect(vertx.getOrCreateContext(), database)
                .compose(connection ->
                        begin(connection, session).map(connection).onFailure(cause -> connection.close()));
    }

    /**
     * A pool of connections for questions. Who waits for one longer than {@value #POOL_WAIT_SECONDS} s is refused.
     *
     * @param session as for {@link #connector}
     */
    public static Pool pool(
            Vertx vertx, MySQLConnectOptions database, List<String> session, int connections, int waiting) {
        return MySQLBuilder.pool()
                .using(vertx)
                .connectingTo(database)
                .with(netOptions())
                .with(new PoolOptions()
                        .setMaxSize(connections)
                        .setMaxWaitQueueSize(waiting)
                        .setConnectionTimeout(POOL_WAIT_SECONDS)
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS))
                .withConnectHandler(connection -> begin(connection, session)
                        .onFailure(cause -> LOG.warn("event=session_failed cause=\"{}\"", cause.getMessage()))
                        .onComplete(begun -> connection.close()))
                .build();
    }

    private static Future<Void> begin(SqlConnection connection, List<String> session) {
        connection.exceptionHandler(broken -> LOG.debug("event=connection_broken cause=\"{}\"", broken.getMessage()));
        var begun = connection.query(SESSION).execute();
        for (var statement : session) {
            begun = begun.compose(set -> connection.query(statement).execute());
        }
        return begun.mapEmpty();
    }

    private static NetClientOptions netOptions() {
        return new NetClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setReadIdleTimeout(SILENCE_SECONDS)
                .setTcpNoDelay(true);
    }

    private static MySQLConnectOptions parse(String url) {
        return MySQLConnectOptions.fromUri(
                url.startsWith("mariadb:") ? "mysql" + url.substring("mariadb".length()) : url);
    }
}

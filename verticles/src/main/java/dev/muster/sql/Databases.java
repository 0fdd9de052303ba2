package dev.muster.sql;

import io.vertx.core.net.NetClientOptions;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.SslMode;
import java.util.Optional;

/** Where a MariaDB is, as users write it: {@code mysql://user:password@host:3306/database}. */
public final class Databases {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

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
     * How to connect to the database at the URL.
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

    /** The TCP side of a connection: a host that doesn't answer is given up in seconds. */
    public static NetClientOptions netOptions() {
        return new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS).setTcpKeepAlive(true);
    }

    /** Host and port, for logs: the URL itself holds a password. */
    public static String address(MySQLConnectOptions options) {
        return options.getHost() + ":" + options.getPort();
    }

    private static MySQLConnectOptions parse(String url) {
        return MySQLConnectOptions.fromUri(
                url.startsWith("mariadb:") ? "mysql" + url.substring("mariadb".length()) : url);
    }
}

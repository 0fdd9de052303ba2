package dev.muster.store;

import dev.muster.http.HttpServers.ConnectionLimit;
import dev.muster.node.Deployment;
import dev.muster.node.Node;
import dev.muster.node.Ranges;
import dev.muster.sql.Databases;
import java.util.ArrayList;
import java.util.List;

/** The role {@code store}: what it needs checked and deployed. */
public final class Store {
    private Store() {}

    /** What is wrong with the options, one line each that names the option and the fix; empty when nothing is. */
    public static List<String> problems(StoreOptions options) {
        var problems = new ArrayList<String>();
        Ranges.check(problems, "--store-port", options.port(), 0, 65_535);
        Ranges.check(problems, "--store-db-connections", options.dbConnections(), 1, 64);
        Ranges.check(problems, "--store-db-readers", options.dbReaders(), 1, 64);
        Ranges.check(problems, "--store-batch", options.batch(), 1, 1_024);
        Ranges.check(problems, "--store-queue", options.queue(), 1, 10_000_000);
        Ranges.check(problems, "--store-max-body", options.maxBody(), 1 << 10, 8 << 20);
        Ranges.check(problems, "--store-http-instances", options.httpInstances(), 0, 256);
        Ranges.check(problems, "--store-max-connections", options.maxConnections(), 1, 1_000_000);
        var url = options.dbUrl();
        if (url != null) {
            Databases.problem(url).ifPresent(problem -> problems.add("--store-db-url " + problem));
        }
        return problems;
    }

    /**
     * The verticles of the role: HTTP for each processor and one for the database, which meet on the bus.
     *
     * @param options in which {@link #problems} finds nothing, with a database's URL
     */
    public static List<Deployment> deployments(StoreOptions options, Node node) {
        var url = options.dbUrl();
        if (url == null) {
            throw new IllegalArgumentException("--store-db-url is missing");
        }
        int processors = Runtime.getRuntime().availableProcessors();
        int instances = options.httpInstances() == 0 ? processors : options.httpInstances();
        var limit = new ConnectionLimit(options.maxConnections());
        node.telemetry().gauge(StoreMetric.CONNECTIONS, limit::open);
        return List.of(
                new Deployment("store-sql", () -> new StoreSqlVerticle(options, url, node), 1),
                new Deployment("store-http", () -> new StoreHttpVerticle(options, node, limit), instances));
    }
}

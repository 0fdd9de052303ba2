package dev.muster.launcher.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.muster.launcher.LauncherProcess;
import dev.muster.launcher.monitoring.Queries.Query;
import dev.muster.launcher.push.RealPrometheus;
import dev.muster.testing.ApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes all roles at work and answers every query of every dashboard and of every alert. What kubelets
 * tell of pods and nodes is what one has told of a cluster.
 */
class DashboardsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void shouldHaveDataForEveryQueryAndNamesThatPrometheusLikes() throws Exception {
        try (var roles = LauncherProcess.start(allRoles());
                var kubelet = new Kubelet()) {
            var management = roles.awaitEndpoint("management");
            assertThat(roles.get("stress", "/stress?seconds=300&cores=1&load=10")
                            .statusCode())
                    .isLessThan(300);

            try (var prometheus = RealPrometheus.start(folder, config(management, kubelet.port()))) {
                var queries = Queries.all("10s");
                await("data for every query")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(
                                () -> assertThat(without(queries, prometheus)).isEmpty());
            }
            Promtool.check(roles.get("management", "/metrics").body());
        }
    }

    private static String[] allRoles() throws IOException {
        int blocks;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            blocks = socket.getLocalPort();
        }
        return new String[] {
            "--role=local,engine,streams,watcher,driver",
            "--management-port=0",
            "--master-port=0",
            "--broker-port=0",
            "--broker-http-port=0",
            "--broker-heartbeat=1s",
            "--store-port=0",
            "--stress-port=0",
            "--blocks-port=" + blocks,
            "--blocks-plain-port=0",
            "--blocks-base-url=https://127.0.0.1:" + blocks,
            "--blocks-insecure",
            "--blocks-period=200ms",
            "--minion-count=50",
            "--engine-count=20",
            "--engine-heartbeat=1s",
            "--streams-duration=1h",
            "--streams-rate=5",
            "--driver-rate=10",
            "--driver-objects=100000",
            "--driver-max-population=50",
            "--kubeconfig=" + ApiServer.shared().kubeconfig()
        };
    }

    private static String config(URI management, int kubelet) {
        return """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: muster
                    static_configs: [{targets: ["%s"], labels: {pod: all-0}}]
                  - job_name: kubelet
                    metrics_path: /metrics/resource
                    honor_timestamps: false
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                """.formatted(
                Queries.FOLDER.resolve("rules.yaml").toAbsolutePath().normalize(), management.getAuthority(), kubelet);
    }

    private static List<Query> without(List<Query> queries, RealPrometheus prometheus) throws Exception {
        var empty = new ArrayList<Query>();
        for (var query : queries) {
            if (prometheus.query(query.text()).isEmpty()) {
                empty.add(query);
            }
        }
        return empty;
    }

    /** Answers as a kubelet does. */
    private static final class Kubelet implements AutoCloseable {
        private final HttpServer server;

        Kubelet() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] page;
            try (var in = DashboardsIT.class.getResourceAsStream("kubelet-metrics-resource.txt")) {
                page = in.readAllBytes();
            }
            server.createContext("/metrics/resource", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
                exchange.sendResponseHeaders(200, page.length);
                try (var out = exchange.getResponseBody()) {
                    out.write(page);
                }
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}

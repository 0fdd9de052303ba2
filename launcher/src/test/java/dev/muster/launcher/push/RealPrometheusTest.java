package dev.muster.launcher.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.node.NodeMetrics;
import dev.muster.node.Telemetry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process measures arrives in a real Prometheus. */
class RealPrometheusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private RealPrometheus prometheus;

    @BeforeEach
    void start() throws IOException {
        prometheus = RealPrometheus.start(folder, "scrape_configs: []\n");
    }

    @AfterEach
    void end() {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    @Test
    void shouldShowARunThatWasNeverScraped() throws Exception {
        var metrics = NodeMetrics.create(new Telemetry());
        Vertx vertx = metrics.vertx(new VertxOptions()).build();
        var warnings = new CopyOnWriteArrayList<String>();
        var target = PushTarget.parse("remote-write:" + prometheus.url());

        var push = Push.start(
                List.of(target),
                new Source("r-1", "boot", "host-1"),
                metrics::snapshots,
                warnings::add,
                Duration.ofMillis(200));
        await("two points").atMost(PATIENCE).until(() -> points("count_over_time(jvm_threads_live_threads[1h])") >= 2);
        push.close();
        vertx.close().await();

        assertThat(warnings).isEmpty();
        var series = prometheus.query(
                "last_over_time(jvm_threads_live_threads{run=\"r-1\",experiment=\"boot\",pod=\"host-1\"}[1h])");
        assertThat(series).hasSize(1);
        assertThat(prometheus.query("last_over_time(jvm_memory_used_bytes{job=\"muster\",instance=\"host-1\"}[1h])"))
                .isNotEmpty();
        // The end of the run was told: an hour of lookback finds it, the moment after it has nothing.
        await("the end")
                .atMost(PATIENCE)
                .until(() -> prometheus.query("jvm_threads_live_threads").isEmpty());
    }

    @Test
    void shouldTakeARequestOfMegabytes() throws Exception {
        var warnings = new CopyOnWriteArrayList<String>();

        Push.start(
                        List.of(PushTarget.parse("remote-write:" + prometheus.url())),
                        new Source("r-2", "boot", "host-1"),
                        () -> new MetricSnapshots(Many.series(20_000)),
                        warnings::add,
                        Duration.ofHours(1))
                .close();

        assertThat(warnings).isEmpty();
        assertThat(points("count(last_over_time(" + Many.NAME + "{run=\"r-2\"}[1h]))"))
                .isEqualTo(20_000);
        assertThat(points("sum(last_over_time(" + Many.NAME + "{run=\"r-2\"}[1h]))"))
                .isEqualTo(199_990_000);
    }

    private int points(String query) throws Exception {
        var found = prometheus.query(query);
        return found.isEmpty()
                ? 0
                : Integer.parseInt(found.getJsonObject(0).getJsonArray("value").getString(1));
    }
}

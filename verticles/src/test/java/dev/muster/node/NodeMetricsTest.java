package dev.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeMetricsTest {
    private final Telemetry telemetry = new Telemetry();
    private final NodeMetrics metrics = NodeMetrics.create(telemetry);

    private List<String> scrape() {
        return metrics.scrape(null).body().lines().toList();
    }

    @Test
    void shouldShowCountersInBaseUnitsWithTotal() {
        var counters = telemetry.counters(SomeMetric.class);
        counters.add(SomeMetric.DONE, 3);
        counters.add(SomeMetric.SENT, 1_500);

        assertThat(scrape())
                .contains("# HELP muster_some_done_total Things done", "# TYPE muster_some_done_total counter")
                .contains("muster_some_done_total 3.0", "muster_some_sent_bytes_total 1500.0");
    }

    @Test
    void shouldShowAGauge() {
        telemetry.gauge(SomeMetric.QUEUE, () -> 12.5);

        assertThat(scrape()).contains("# TYPE muster_some_queue gauge", "muster_some_queue 12.5");
    }

    @Test
    void shouldShowAHistogramInSeconds() {
        var recorder = telemetry.recorder(SomeMetric.LATENCY);
        recorder.record(9);
        recorder.record(900);
        recorder.record(2_000_000_000);

        assertThat(scrape())
                .contains("# TYPE muster_some_latency_seconds histogram")
                .contains("muster_some_latency_seconds_bucket{le=\"1.0E-5\"} 1")
                .contains("muster_some_latency_seconds_bucket{le=\"5.0E-4\"} 1")
                .contains("muster_some_latency_seconds_bucket{le=\"0.001\"} 2")
                .contains("muster_some_latency_seconds_bucket{le=\"600.0\"} 2")
                .contains("muster_some_latency_seconds_bucket{le=\"+Inf\"} 3")
                .contains("muster_some_latency_seconds_count 3")
                .anyMatch(line -> line.startsWith("muster_some_latency_seconds_sum 200"));
    }

    @Test
    void shouldShowOneWayLatenciesWithTheirSign() {
        var recorder = telemetry.recorder(SomeMetric.ONE_WAY);
        recorder.record(-200_000_000);
        recorder.record(-50_000_000);
        recorder.record(0);
        recorder.record(40_000_000);
        recorder.record(9_000_000_000L);

        assertThat(scrape())
                .filteredOn(line -> line.startsWith("muster_some_one_way_seconds_bucket"))
                .extracting(line -> line.substring(line.indexOf("le=")))
                .containsExactly(
                        "le=\"-0.1\"} 1",
                        "le=\"0.0\"} 3",
                        "le=\"0.03125\"} 3",
                        "le=\"0.0625\"} 4",
                        "le=\"0.125\"} 4",
                        "le=\"0.25\"} 4",
                        "le=\"0.5\"} 4",
                        "le=\"1.0\"} 4",
                        "le=\"2.0\"} 4",
                        "le=\"4.0\"} 4",
                        "le=\"8.0\"} 4",
                        "le=\"+Inf\"} 5");
    }

    @Test
    void shouldShowTheSameSamplesToPrometheusAndInSnapshotsWithoutRecordingTwice() {
        var snapshots = new Snapshots(Nodes.onLoopback().identity(), telemetry);
        var recorder = telemetry.recorder(SomeMetric.LATENCY);
        recorder.record(1);
        scrape();
        recorder.record(2);
        snapshots.take();
        recorder.record(3);

        assertThat(scrape()).contains("muster_some_latency_seconds_count 3");
        assertThat(Nodes.samples(snapshots.take(), "some.latency").count()).isEqualTo(3);
    }

    @Test
    void shouldMeasureVertxAndTheJvmOfEachProcessApart() {
        var vertx = metrics.vertx(new VertxOptions()).build();
        var other = NodeMetrics.create(new Telemetry());
        var otherVertx = other.vertx(new VertxOptions()).build();
        try {
            vertx.eventBus().consumer("some.address", message -> message.reply(1));
            vertx.eventBus().request("some.address", "hello").await();

            assertThat(scrape())
                    .anyMatch(line -> line.startsWith("jvm_memory_used_bytes"))
                    .contains("vertx_eventbus_sent_total{side=\"local\"} 1.0");
            assertThat(other.scrape(null).body())
                    .contains("jvm_memory_used_bytes")
                    .doesNotContain("vertx_eventbus_sent_total{side=\"local\"} 1.0");
        } finally {
            vertx.close().await();
            otherVertx.close().await();
        }
    }

    @Test
    void shouldSpeakOpenMetricsWhenAsked() {
        telemetry.counters(SomeMetric.class);

        var page = metrics.scrape("application/openmetrics-text;version=1.0.0,text/plain;q=0.5");

        assertThat(page.contentType()).startsWith("application/openmetrics-text");
        assertThat(page.body()).contains("# TYPE muster_some_done counter").endsWith("# EOF\n");
        assertThat(metrics.scrape("text/plain").contentType()).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void shouldTellOfEveryPartOfTheJvm() {
        assertThat(metrics.text())
                .contains(
                        "jvm_classes_loaded_classes",
                        "jvm_gc_live_data_size_bytes",
                        "jvm_info",
                        "jvm_memory_used_bytes",
                        "jvm_threads_live_threads",
                        "system_cpu_usage",
                        "process_uptime_seconds");
    }
}

package dev.muster.launcher.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.muster.launcher.push.Receiver.Pushed;
import dev.muster.launcher.push.Receiver.Series;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("smoke")
class PushTest {
    private static final Duration OFTEN = Duration.ofMillis(50);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Source SOURCE = new Source("20261121-160000-boot", "boot", "host-1");
    private static final MetricSnapshots METRICS = new MetricSnapshots(
            CounterSnapshot.builder()
                    .name("muster_some_done")
                    .help("What is done")
                    .dataPoint(CounterDataPointSnapshot.builder().value(42).build())
                    .build(),
            GaugeSnapshot.builder()
                    .name("some_threads")
                    .dataPoint(GaugeDataPointSnapshot.builder()
                            .labels(Labels.of("state", "new", "pod", "of its own", "none", ""))
                            .value(-1.5)
                            .build())
                    .build(),
            HistogramSnapshot.builder()
                    .name("muster_some_latency_seconds")
                    .dataPoint(HistogramDataPointSnapshot.builder()
                            .sum(7.5)
                            .classicHistogramBuckets(ClassicHistogramBuckets.builder()
                                    .bucket(1e-5, 3)
                                    .bucket(0.5, 4)
                                    .bucket(Double.POSITIVE_INFINITY, 5)
                                    .build())
                            .build())
                    .build(),
            SummarySnapshot.builder()
                    .name("some_pauses")
                    .dataPoint(SummaryDataPointSnapshot.builder()
                            .count(2)
                            .sum(3)
                            .quantiles(Quantiles.of(new Quantile(0.5, 1)))
                            .build())
                    .build(),
            InfoSnapshot.builder()
                    .name("some_build")
                    .dataPoint(InfoDataPointSnapshot.builder()
                            .labels(Labels.of("version", "1"))
                            .build())
                    .build());

    private final List<String> warnings = new CopyOnWriteArrayList<>();

    private Push push(Duration period, String... targets) {
        return Push.start(
                List.of(targets).stream().map(PushTarget::parse).toList(),
                SOURCE,
                () -> METRICS,
                warnings::add,
                period);
    }

    @Test
    void shouldWriteToPrometheusWhatAScrapeWouldHaveShownWithTheRunAsLabels() throws Exception {
        try (var receiver = Receiver.answering(204)) {
            push(NEVER, "remote-write:" + receiver.url("")).close();

            var pushed = receiver.pushed().get(0);
            assertThat(pushed.path()).isEqualTo("/api/v1/write");
            assertThat(pushed.headers())
                    .contains(
                            entry("Content-Encoding", "snappy"),
                            entry("Content-Type", "application/x-protobuf"),
                            entry("X-Prometheus-Remote-Write-Version", "0.1.0"),
                            entry("User-Agent", "muster"));
            var all = Receiver.series(pushed.body());
            assertThat(all).allSatisfy(series -> {
                assertThat(series.names()).isSorted().doesNotHaveDuplicates();
                assertThat(series.labels())
                        .contains(
                                entry("run", "20261121-160000-boot"),
                                entry("experiment", "boot"),
                                entry("pod", "host-1"),
                                entry("instance", "host-1"),
                                entry("job", "muster"))
                        .doesNotContainValue("");
            });
            assertThat(lines(all)).containsExactlyInAnyOrderElementsOf(scraped());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 1_000, 20_000})
    void shouldWriteAsManySeriesAsThereAre(int count) throws Exception {
        var many = new MetricSnapshots(Many.series(count));
        var body = new RemoteWriteEncoder(SOURCE).encode(many, 1_000, false);

        var received = Receiver.series(ByteString.copyFrom(body));
        assertThat(received).hasSize(count);
        assertThat(received.stream()
                        .map(series -> series.labels().get("n") + " "
                                + series.samples().get(1_000L))
                        .collect(Collectors.toSet()))
                .isEqualTo(IntStream.range(0, count)
                        .mapToObj(i -> i + " " + (double) i)
                        .collect(Collectors.toSet()));
    }

    /** Each series as a scrape's line, without what the push adds. */
    private static List<String> lines(Collection<Series> all) {
        return all.stream()
                .map(series -> {
                    var labels = series.labels().entrySet().stream()
                            .filter(label -> !List.of("__name__", "run", "experiment", "pod", "instance", "job")
                                    .contains(label.getKey()))
                            .map(label -> label.getKey().replace("exported_", "") + "=\"" + label.getValue() + "\"")
                            .sorted()
                            .collect(Collectors.joining(","));
                    var value = series.samples().values().iterator().next();
                    return series.labels().get("__name__") + "{" + labels + "} " + value;
                })
                .toList();
    }

    private static List<String> scraped() throws IOException {
        var text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.builder().build().write(text, METRICS);
        return text.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(PushTest::sorted)
                .toList();
    }

    private static String sorted(String line) {
        int value = line.lastIndexOf(' ');
        int brace = line.indexOf('{');
        var name = line.substring(0, brace < 0 ? value : brace);
        var labels = brace < 0
                ? ""
                : List.of(line.substring(brace + 1, line.lastIndexOf('}')).split(",")).stream()
                        .filter(label -> !label.isEmpty() && !label.endsWith("=\"\""))
                        .sorted()
                        .collect(Collectors.joining(","));
        return name + "{" + labels + "} " + Double.parseDouble(line.substring(value + 1));
    }

    @Test
    void shouldMarkTheEndOfEverySeries() throws Exception {
        try (var receiver = Receiver.answering(200)) {
            var push = push(OFTEN, "remote-write:" + receiver.url("/own/path"));
            await().until(() -> receiver.pushed().size() >= 2);
            push.close();

            var pushed = receiver.pushed();
            assertThat(pushed).extracting(Pushed::path).containsOnly("/own/path");
            assertThat(Receiver.series(pushed.get(0).body()))
                    .allSatisfy(series -> assertThat(series.samples()).hasSize(1));
            assertThat(Receiver.series(pushed.get(pushed.size() - 1).body())).allSatisfy(series -> {
                assertThat(series.samples()).hasSize(2);
                var end = List.copyOf(series.samples().values()).get(1);
                assertThat(Double.doubleToRawLongBits(end)).isEqualTo(0x7ff0000000000002L);
            });
            var times = pushed.stream().flatMap(each -> times(each.body())).toList();
            assertThat(times).isSorted().doesNotHaveDuplicates();
        }
    }

    private static Stream<Long> times(ByteString body) {
        try {
            return Receiver.series(body).get(0).samples().keySet().stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldTellOpenTelemetryTheSame() throws Exception {
        try (var receiver = Receiver.answering(200)) {
            push(NEVER, "otlp:" + receiver.url("/")).close();

            var pushed = receiver.pushed().get(0);
            assertThat(pushed.path()).isEqualTo("/v1/metrics");
            assertThat(pushed.headers()).containsEntry("Content-Type", "application/x-protobuf");
            var resource = ExportMetricsServiceRequest.parseFrom(pushed.body()).getResourceMetrics(0);
            assertThat(attributes(resource.getResource().getAttributesList()))
                    .containsOnly(entry("service.name", "muster"), entry("service.instance.id", "host-1"));
            var metrics = resource.getScopeMetrics(0).getMetricsList();
            assertThat(metrics)
                    .extracting(Metric::getName)
                    .containsExactlyInAnyOrder(
                            "muster_some_done",
                            "some_threads",
                            "muster_some_latency_seconds",
                            "some_pauses",
                            "some_build_info");
            var done = named("muster_some_done", metrics).getSum();
            assertThat(done.getIsMonotonic()).isTrue();
            assertThat(done.getAggregationTemporality())
                    .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
            assertThat(done.getDataPoints(0).getAsDouble()).isEqualTo(42);
            assertThat(done.getDataPoints(0).getTimeUnixNano())
                    .isGreaterThanOrEqualTo(done.getDataPoints(0).getStartTimeUnixNano());
            assertThat(attributes(done.getDataPoints(0).getAttributesList()))
                    .containsOnly(
                            entry("run", "20261121-160000-boot"), entry("experiment", "boot"), entry("pod", "host-1"));
            var latency = named("muster_some_latency_seconds", metrics);
            assertThat(latency.getUnit()).isEqualTo("s");
            var point = latency.getHistogram().getDataPoints(0);
            assertThat(point.getBucketCountsList()).containsExactly(3L, 4L, 5L);
            assertThat(point.getExplicitBoundsList()).containsExactly(1e-5, 0.5);
            assertThat(point.getCount()).isEqualTo(12);
            assertThat(point.getSum()).isEqualTo(7.5);
            assertThat(attributes(named("some_threads", metrics)
                            .getGauge()
                            .getDataPoints(0)
                            .getAttributesList()))
                    .contains(entry("state", "new"), entry("pod", "host-1"));
        }
    }

    private static Metric named(String name, List<Metric> metrics) {
        return metrics.stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey, attribute -> attribute.getValue().getStringValue()));
    }

    @Test
    void shouldWarnOnceOfAReceiverThatIsDeadAndOnceMoreAtTheEnd() throws Exception {
        int dead;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = socket.getLocalPort();
        }
        var push = push(OFTEN, "otlp:http://user:secret@127.0.0.1:" + dead);
        await().until(() -> !warnings.isEmpty());
        push.close();

        assertThat(warnings).hasSize(2).noneMatch(line -> line.contains("secret"));
        assertThat(warnings.get(0))
                .isEqualTo("warning: a push to otlp:http://127.0.0.1:" + dead
                        + "/v1/metrics failed: nothing can be reached there; the run goes on");
        assertThat(warnings.get(1)).matches("warning: (\\d+) of \\1 pushes to .* failed");
    }

    @Test
    void shouldWarnOfAReceiverThatRefusesAndSayWhy() throws Exception {
        try (var receiver = Receiver.answering(400)) {
            push(NEVER, "remote-write:" + receiver.url("")).close();

            assertThat(warnings)
                    .first()
                    .asString()
                    .endsWith("failed: it answered 400 out of order sample; the run goes on");
        }
    }

    @Test
    void shouldNotWaitForAReceiverThatHangsNorHoldUpAnotherTarget() throws Exception {
        try (var hangs = Receiver.hanging();
                var good = Receiver.answering(200)) {
            var push = push(OFTEN, "otlp:" + hangs.url(""), "otlp:" + good.url(""));
            await().until(() -> good.pushed().size() >= 3);
            push.close();

            assertThat(warnings)
                    .isNotEmpty()
                    .allMatch(line -> line.contains(hangs.url("").toString()));
        }
    }

    @Test
    void shouldProveWhoSendsWhenTheUrlHasAUser() throws Exception {
        try (var receiver = Receiver.answering(200)) {
            push(NEVER, "otlp:" + receiver.url("").toString().replace("//", "//me:p%40ss@"))
                    .close();

            assertThat(receiver.pushed().get(0).headers()).containsEntry("Authorization", "Basic bWU6cEBzcw==");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "otlp:http://a:4318, http://a:4318/v1/metrics",
        "otlp:https://a/x?y=z, https://a/x?y=z",
        "remote-write:http://u:p@a/, http://a/api/v1/write",
    })
    void shouldKnowThePathOfEachProtocol(String text, String address) {
        assertThat(PushTarget.parse(text).address()).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://a", "otlp:a:4318", "otlp:ftp://a", "statsd:http://a", "otlp:http://", "otlp:http://a b"})
    void shouldRefuseWhatIsNoTarget(String text) {
        assertThatThrownBy(() -> PushTarget.parse(text))
                .hasMessageStartingWith("must be otlp:URL or remote-write:URL")
                .hasMessageEndingWith("not '" + text + "'");
    }
}

package dev.muster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("smoke")
class SnapshotsTest {
    private final Node node = Nodes.onLoopback();
    private final Telemetry telemetry = node.telemetry();
    private final Snapshots snapshots = new Snapshots(node.identity(), telemetry);

    @Test
    void shouldAddUpInstrumentsOfTheSameMetric() {
        telemetry.counters(SomeMetric.class).add(SomeMetric.DONE, 3);
        telemetry.counters(SomeMetric.class).increment(SomeMetric.DONE);
        telemetry.recorder(SomeMetric.LATENCY).record(100);
        telemetry.recorder(SomeMetric.LATENCY).record(-50);
        telemetry.gauge(SomeMetric.QUEUE, () -> 2.5);
        telemetry.gauge(SomeMetric.QUEUE, () -> 4);

        var snapshot = snapshots.take();

        assertThat(snapshot.counters()).containsEntry("some.done", 4L).containsEntry("some.sent", 0L);
        assertThat(snapshot.gauges()).containsExactly(Map.entry("some.queue", 6.5));
        assertThat(snapshot.histograms()).containsOnlyKeys("some.latency");
        assertThat(snapshot.histograms().get("some.latency"))
                .isNotNull()
                .satisfies(encoded -> assertThat(encoded.unit()).isEqualTo("us"));
        var samples = Nodes.samples(snapshot, "some.latency");
        assertThat(samples.count()).isEqualTo(2);
        assertThat(samples.min()).isEqualTo(-50);
        assertThat(samples.max()).isEqualTo(100);
    }

    @Test
    void shouldBeCumulativeAndNumbered() {
        var recorder = telemetry.recorder(SomeMetric.LATENCY);
        recorder.record(100);
        var first = snapshots.take();
        recorder.record(200);

        var second = snapshots.take();

        assertThat(first.sequence()).isEqualTo(1);
        assertThat(second.sequence()).isEqualTo(2);
        assertThat(Nodes.samples(first, "some.latency").count()).isEqualTo(1);
        assertThat(Nodes.samples(second, "some.latency").count()).isEqualTo(2);
        assertThat(second.instance()).isEqualTo("some-host-1");
        assertThat(second.incarnation()).isEqualTo("a1b2c3");
        assertThat(second.build()).isEqualTo("0.1-test");
        assertThat(second.roles()).isEqualTo("some");
    }

    @Test
    void shouldShowAMetricThatHasNoSamplesYet() {
        telemetry.recorder(SomeMetric.LATENCY);

        assertThat(Nodes.samples(snapshots.take(), "some.latency").count()).isZero();
    }

    @Test
    void shouldRefuseTwoMetricsOfOneId() {
        var impostor = new Impostor(new Metric.Definition("some.latency", "Something else", Unit.BYTES));
        telemetry.recorder(SomeMetric.LATENCY);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> telemetry.recorder(impostor))
                .withMessageContaining("some.latency");
    }

    private record Impostor(Definition definition) implements Metric {}
}

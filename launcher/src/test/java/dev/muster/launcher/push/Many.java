package dev.muster.launcher.push;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.stream.IntStream;

/** More series than fit into one block of a compressed request. */
final class Many {
    static final String NAME = "some_of_many";

    private Many() {}

    /** So many series of one name, with their number as value and as label {@code n}. */
    static GaugeSnapshot series(int count) {
        return new GaugeSnapshot(
                GaugeSnapshot.builder().name(NAME).build().getMetadata(),
                IntStream.range(0, count)
                        .mapToObj(i -> GaugeDataPointSnapshot.builder()
                                .labels(Labels.of("n", Integer.toString(i)))
                                .value(i)
                                .build())
                        .toList());
    }
}

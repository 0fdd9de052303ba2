package dev.muster.node;

import dev.muster.bus.Snapshot;
import dev.muster.measure.Distribution;
import dev.muster.testing.TestNode;
import java.util.Optional;

/** Nodes for tests. */
final class Nodes {
    private Nodes() {}

    static Node onLoopback() {
        return TestNode.of(new Identity("some-host-1", "a1b2c3", "0.1-test", "some"));
    }

    static Distribution samples(Snapshot snapshot, String metric) {
        return Histograms.decode(
                Optional.ofNullable(snapshot.histograms().get(metric)).orElseThrow());
    }
}

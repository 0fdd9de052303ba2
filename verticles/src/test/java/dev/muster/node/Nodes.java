package dev.muster.node;

import dev.muster.bus.Credential;
import dev.muster.bus.Snapshot;
import dev.muster.measure.Distribution;
import java.util.Optional;

/** Nodes for tests. */
final class Nodes {
    private Nodes() {}

    static Node onLoopback() {
        return new Node(
                new Identity("some-host-1", "a1b2c3", "0.1-test", "some"),
                "127.0.0.1",
                Credential.NONE,
                false,
                0,
                new Telemetry(),
                new Readiness(),
                new Endpoints());
    }

    static Distribution samples(Snapshot snapshot, String metric) {
        return Histograms.decode(
                Optional.ofNullable(snapshot.histograms().get(metric)).orElseThrow());
    }
}

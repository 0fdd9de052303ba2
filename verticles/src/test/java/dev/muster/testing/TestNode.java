package dev.muster.testing;

import dev.muster.bus.Credential;
import dev.muster.node.Ending;
import dev.muster.node.Endpoints;
import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.node.Readiness;
import dev.muster.node.Telemetry;

/** What a process gives its roles, on loopback, with instruments that nobody else writes. */
public final class TestNode {
    private TestNode() {}

    /** A quiet one without an admin token. */
    public static Node of(Identity identity) {
        return of(identity, Credential.NONE, 0);
    }

    /** One with an admin token that logs. */
    public static Node of(Identity identity, Credential credential, int verbosity) {
        return new Node(
                identity,
                "127.0.0.1",
                credential,
                false,
                verbosity,
                new Telemetry(),
                new Readiness(),
                new Endpoints(),
                new Ending());
    }
}

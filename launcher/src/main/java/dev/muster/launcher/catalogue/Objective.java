package dev.muster.launcher.catalogue;

import java.time.Duration;

/**
 * The service level objectives of the Kubernetes project, as its SIG Scalability states them (community repository,
 * {@code sig-scalability/slos}). Each is a p99.
 */
public enum Objective {
    /** Calls that create, change or delete one object. */
    API_WRITE("API writes", Duration.ofSeconds(1)),
    API_READ("API reads of one object", Duration.ofSeconds(1)),
    /** Reads of all objects of a namespace or of the cluster. */
    API_LIST("API lists", Duration.ofSeconds(30)),
    /** Of stateless schedulable pods, without pulling images and running init containers. */
    POD_STARTUP("pod start-up", Duration.ofSeconds(5));

    private final String subject;
    private final Duration p99;

    Objective(String subject, Duration p99) {
        this.subject = subject;
        this.p99 = p99;
    }

    /** What it speaks of, for people. */
    public String subject() {
        return subject;
    }

    /** The longest p99 that meets it. */
    public Duration p99() {
        return p99;
    }
}

package dev.muster.launcher.catalogue;

import java.time.Duration;

/**
 * The service level objectives of the Kubernetes project, as its SIG Scalability states them (community repository,
 * {@code sig-scalability/slos}). Each is a p99.
 */
public enum Objective {
    API_WRITE("API calls that change one object", Duration.ofSeconds(1)),
    API_READ("API reads of one object", Duration.ofSeconds(1)),
    API_LIST("API reads of all objects of a namespace or of the cluster", Duration.ofSeconds(30)),
    POD_STARTUP(
            "start-up of stateless schedulable pods, without pulling images and running init containers",
            Duration.ofSeconds(5));

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

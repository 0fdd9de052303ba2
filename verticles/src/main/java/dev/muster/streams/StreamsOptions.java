package dev.muster.streams;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the role {@code streams}. */
public interface StreamsOptions {
    @Option(
            names = "--streams-url",
            defaultValue = "http://127.0.0.1:2113",
            paramLabel = "URL",
            description = "The event store with AtomPub, http or https (default: http://127.0.0.1:2113).")
    String url();

    @Option(
            names = "--streams-users",
            defaultValue = "10",
            paramLabel = "N",
            description =
                    "Virtual users of all pods together, 1 to 100000; with --streams-rate as many iterations may be under"
                            + " way (default: 10).")
    int users();

    @Option(
            names = "--streams-pods",
            defaultValue = "1",
            paramLabel = "N",
            description = "Processes that share the users and the rate, 1 to 1000 (default: 1).")
    int pods();

    @Nullable @Option(
            names = "--streams-pod",
            paramLabel = "I",
            description =
                    "Which of them this one is, from 0 (default: the number at the end of POD_NAME, as a StatefulSet's"
                            + " pods have it, else 0).")
    Integer pod();

    @Option(
            names = "--streams-duration",
            defaultValue = "1m",
            paramLabel = "DURATION",
            description = "How long iterations begin, 1s to 24h (default: 1m).")
    Duration duration();

    @Option(
            names = "--streams-rate",
            defaultValue = "0",
            paramLabel = "PER_SECOND",
            description =
                    "Iterations that begin in each second, whatever the store does (open loop), up to 100000; 0: each user"
                            + " begins the next one when its last one has ended (default: 0).")
    double rate();

    @Option(
            names = "--streams-events",
            defaultValue = "10",
            paramLabel = "N",
            description = "Events of an iteration's stream, 1 to 1000 (default: 10).")
    int events();

    @Option(
            names = "--streams-event-bytes",
            defaultValue = "100",
            paramLabel = "N",
            description = "Bytes of an event's data, 10 to 1000000 (default: 100).")
    int eventBytes();

    @Option(
            names = "--streams-batch",
            defaultValue = "1",
            paramLabel = "N",
            description = "Events in one append, 1 to 1000 (default: 1).")
    int batch();

    @Option(
            names = "--streams-timeout",
            defaultValue = "60s",
            paramLabel = "DURATION",
            description = "How long a request may take, 100ms to 10m (default: 60s).")
    Duration timeout();

    @Nullable @Option(
            names = "--streams-user",
            paramLabel = "NAME",
            description = "Who asks, with --streams-password (default: nobody in particular).")
    String user();

    @Nullable @Option(
            names = "--streams-password",
            paramLabel = "PASSWORD",
            description = "The user's password, better as MUSTER_STREAMS_PASSWORD.")
    String password();

    @Nullable @Option(
            names = "--streams-ca",
            paramLabel = "FILE",
            description = "Certificates (PEM) to trust with https (default: those of Java).")
    String ca();

    @Option(
            names = "--streams-insecure",
            description = "With https, trusts any certificate: the connection is then not protected.")
    boolean insecure();

    @Option(
            names = "--streams-hold",
            description = "No user begins before the command START comes over the bus, as runs send it.")
    boolean hold();
}

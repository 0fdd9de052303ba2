package dev.muster.launcher.run.streams;

import dev.muster.launcher.options.Within;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The parameters of the experiment {@code streams}: most are those of the role of the same name. */
interface StreamsOptions {
    @Nullable @Option(
            names = "--streams-url",
            paramLabel = "URL",
            description =
                    "An event store with AtomPub, http or https (default: the stand-in, started in a process of its own).")
    String url();

    @Option(
            names = "--streams-users",
            defaultValue = "10",
            paramLabel = "N",
            description =
                    "Virtual users, 1 to 100000; with --streams-rate as many iterations may be under way (default:"
                            + " ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "100000")
    int users();

    @Option(
            names = "--streams-duration",
            defaultValue = "30s",
            paramLabel = "DURATION",
            description = "How long iterations begin and are measured, 1s to 24h (default: ${DEFAULT-VALUE}).")
    @Within(least = "1s", most = "24h")
    Duration duration();

    @Option(
            names = "--streams-warm-up",
            defaultValue = "5s",
            paramLabel = "DURATION",
            description =
                    "How long the users work before that and nothing is recorded, so that a cold JVM is not what is"
                            + " measured; 0s to 1h (default: ${DEFAULT-VALUE}).")
    @Within(least = "0s", most = "1h")
    Duration warmUp();

    @Option(
            names = "--streams-rate",
            defaultValue = "0",
            paramLabel = "PER_SECOND",
            description =
                    "Iterations that begin in each second, whatever the store does (open loop), up to 100000; 0: each"
                            + " user begins the next one when its last one has ended (default: ${DEFAULT-VALUE}).")
    @Within(least = "0", most = "100000")
    int rate();

    @Option(
            names = "--streams-events",
            defaultValue = "10",
            paramLabel = "N",
            description = "Events of an iteration's stream, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "1000")
    int events();

    @Option(
            names = "--streams-event-bytes",
            defaultValue = "100",
            paramLabel = "N",
            description = "Bytes of an event's data, 10 to 1000000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "10", most = "1000000")
    int eventBytes();

    @Option(
            names = "--streams-batch",
            defaultValue = "1",
            paramLabel = "N",
            description = "Events in one append, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    @Within(least = "1", most = "1000")
    int batch();

    @Option(
            names = "--streams-timeout",
            defaultValue = "60s",
            paramLabel = "DURATION",
            description = "How long a request may take, 100ms to 10m (default: ${DEFAULT-VALUE}).")
    @Within(least = "100ms", most = "10m")
    Duration requestTimeout();

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
}

package dev.muster.launcher.roles;

import dev.muster.launcher.options.Within;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every process that runs roles. */
public interface ProcessOptions {
    /** The option that chooses the others. */
    String ROLE = "--role";

    /** The port that every process has. */
    String MANAGEMENT_PORT = "--management-port";

    @Option(
            names = ROLE,
            defaultValue = "local",
            split = ",",
            paramLabel = "ROLE",
            description = "What this process does; several are separated by commas (default: ${DEFAULT-VALUE}).")
    List<String> roles();

    @Option(
            names = "--bind-address",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDRESS",
            description = "Address that every server of this process listens on (default: ${DEFAULT-VALUE}).")
    String bindAddress();

    @Option(
            names = MANAGEMENT_PORT,
            defaultValue = "9090",
            paramLabel = "PORT",
            description = "HTTP port of /healthz, /readyz, /metrics and /stats; when it is taken on loopback, the next"
                    + " free one; 0: any (default: ${DEFAULT-VALUE}).")
    int managementPort();

    @Nullable @Option(
            names = "--admin-token",
            paramLabel = "TOKEN",
            description = "What admin requests of other machines must carry as 'Authorization: Bearer TOKEN'. Better"
                    + " given as MUSTER_ADMIN_TOKEN: a command line can be read by others.")
    String adminToken();

    @Option(names = "--insecure-admin", description = "Lets other machines send admin requests without a token.")
    boolean insecureAdmin();

    @Within(least = "1ms", most = "1s")
    @Option(
            names = "--loop-probe",
            defaultValue = "10ms",
            paramLabel = "DURATION",
            description =
                    "How often the delay of each event loop is measured, 1ms to 1s: less often costs less CPU where"
                            + " there are many processes, and misses delays that are shorter (default: ${DEFAULT-VALUE}).")
    Duration loopProbe();

    @Option(
            names = "--end-with-input",
            description =
                    "Ends as SIGTERM ends it when standard input does: for a program that starts this one and must"
                            + " not leave it behind, however it ends itself.")
    boolean endWithInput();
}

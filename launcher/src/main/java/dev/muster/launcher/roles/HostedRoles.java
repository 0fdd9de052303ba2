package dev.muster.launcher.roles;

import dev.muster.bus.Credential;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.roles.RoleProcess.Running;
import dev.muster.node.Endpoints;
import dev.muster.node.NodeMetrics;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Roles in this process, for a command that needs them for a while. Starting and closing block. */
public final class HostedRoles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostedRoles.class);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final Started started;
    private final Running running;
    private volatile Consumer<Runnable> keeper = Runnable::run;

    private HostedRoles(Started started, Running running) {
        this.started = started;
        this.running = running;
    }

    /**
     * Starts roles, as the same arguments would on a command line.
     *
     * @throws UsageException when the options are wrong
     * @throws StartException when something can't be started
     */
    public static HostedRoles start(List<String> arguments, Map<String, String> environment) {
        var launch = RolesCommand.read(RolesCommand.given(arguments, environment), environment);
        var started = new Started();
        try {
            var running = new RoleProcess(launch, started, HostedRoles::lost, environment).start();
            running.ending()
                    .thenAccept(end -> LOG.error("event=roles_ended code={} text=\"{}\"", end.code(), end.reason()));
            return new HostedRoles(started, running);
        } catch (RuntimeException e) {
            started.stop(GRACE);
            throw e;
        }
    }

    private static void lost(StartException cause) {
        LOG.error("event=roles_lost", cause);
    }

    /** Where the servers listen. */
    public Endpoints endpoints() {
        return running.endpoints();
    }

    /** The bus on which the roles talk. */
    public EventBus bus() {
        return running.bus();
    }

    /** Where other processes can join the bus, {@code HOST:PORT}; empty when the roles were started without a cluster. */
    public Optional<String> cluster() {
        return running.cluster();
    }

    /** What admin messages to the roles must carry. */
    public Credential credential() {
        return running.credential();
    }

    /** Who this process is, as its snapshots say. */
    public String instance() {
        return running.instance();
    }

    /** What this process measures. */
    public NodeMetrics metrics() {
        return running.metrics();
    }

    /**
     * Something that reads from the roles, to be closed before they are stopped.
     *
     * @param close may block
     */
    public void closeFirst(String name, Runnable close) {
        started.add(name, close::run);
    }

    /**
     * Lets the roles outlive {@link #close}.
     *
     * @param keeper takes at closing what stops everything, to run it later, once
     */
    public void keepFor(Consumer<Runnable> keeper) {
        this.keeper = keeper;
    }

    /** Stops everything in reverse order, or hands that over to the keeper. */
    @Override
    public void close() {
        keeper.accept(() -> started.stop(GRACE));
    }
}

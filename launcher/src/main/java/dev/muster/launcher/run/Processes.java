package dev.muster.launcher.run;

import dev.muster.bus.Addresses;
import dev.muster.bus.EndpointList;
import dev.muster.bus.EndpointsQuery;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.roles.HostedRoles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The processes of a run: this one with its roles, and others that it has started, which share its bus and end with it.
 * For the thread of the run.
 */
final class Processes implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final HostedRoles roles;
    private final Bus bus;
    private final Launching launching;
    private final List<ChildProcess> children = new ArrayList<>();
    private boolean told;

    /**
     * How children are started.
     *
     * @param common options of each
     * @param environment their variables
     * @param folder that takes their output, {@code NAME.log}
     * @param interrupted whether to wait no longer
     * @param events takes what the user is to read
     */
    record Launching(
            List<String> common,
            Map<String, String> environment,
            Path folder,
            BooleanSupplier interrupted,
            Consumer<String> events) {}

    Processes(HostedRoles roles, Launching launching) {
        this.roles = roles;
        this.bus = new Bus(roles.bus(), roles.credential());
        this.launching = launching;
        tell("", roles.endpoints().all());
    }

    /**
     * The options of a process that shares its bus on this machine alone.
     *
     * @param member where to join
     */
    static List<String> sharing(String member) {
        return List.of("--cluster=tcp:" + member, "--cluster-host=127.0.0.1", "--cluster-port=0");
    }

    /** How the run talks with all of them. */
    Bus bus() {
        return bus;
    }

    /** Where a part of this process listens: a URL, or {@code HOST:PORT} of one that speaks no HTTP. */
    String address(String part) {
        return roles.endpoints().url(part).orElseThrow();
    }

    /**
     * Starts roles in another process and waits until they have started. The roles of this one must have been started
     * with {@link Run#startTogether}.
     *
     * @param name a short word for it, of its own within the run
     * @param arguments as on a command line; ports should be 0
     * @return where its parts listen, by their names, as {@link #address} says it
     * @throws StartException when it does not start
     */
    Map<String, String> start(String name, List<String> arguments) {
        var instance = instance(name);
        var all = new ArrayList<>(arguments);
        all.addAll(launching.common());
        all.addAll(sharing(roles.cluster().orElseThrow()));
        all.add("--management-port=0");
        var environment = new HashMap<>(launching.environment());
        environment.put("POD_NAME", instance); // it is a process of its own in the collector's books
        var child =
                ChildProcess.start(name, all, environment, launching.folder().resolve(name + ".log"));
        children.add(child);
        roles.closeFirst(name, child::stop);
        var addresses = awaitStart(child, instance);
        tell(name + " ", addresses);
        return addresses;
    }

    /** What a process that was started under this name is called in the collector's books. */
    String instance(String name) {
        return roles.instance() + "-" + name;
    }

    private void tell(String name, Map<String, String> addresses) {
        addresses.forEach((part, address) -> launching.events().accept(name + part + ": " + address));
    }

    private Map<String, String> awaitStart(ChildProcess child, String instance) {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            var answer = bus.tryAsk(Addresses.endpoints(instance), EndpointsQuery.INSTANCE, EndpointList.class);
            if (answer.isPresent()) {
                return answer.get().urls();
            }
            if (child.isLost()) {
                throw new StartException(child.epitaph(), null);
            }
            if (launching.interrupted().getAsBoolean()) {
                throw new StartException("interrupted while the process " + child.name() + " started", null);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new StartException(
                        "the process " + child.name() + " has not started within " + START.toSeconds() + " s", null);
            }
        }
    }

    /** Whether one of the others has ended by itself; the first time the user is told which, and what it said last. */
    boolean hasLost() {
        var lost = children.stream().filter(ChildProcess::isLost).findFirst();
        if (lost.isPresent() && !told) {
            told = true;
            launching.events().accept(lost.get().epitaph());
        }
        return lost.isPresent();
    }

    /** Ends all, the others first, unless they are to stay for a while. */
    @Override
    public void close() {
        roles.close();
    }
}

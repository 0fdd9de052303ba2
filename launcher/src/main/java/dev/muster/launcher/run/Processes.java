package dev.muster.launcher.run;

import dev.muster.bus.Addresses;
import dev.muster.bus.EndpointList;
import dev.muster.bus.EndpointsQuery;
import dev.muster.bus.Message;
import dev.muster.bus.StopProcess;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.roles.HostedRoles;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.MessageConsumer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The processes of a run: this one with its roles, and others that it has started, which share its bus and end with it.
 * For the thread of the run.
 */
public final class Processes implements Stage, AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final String ROLE = "--role=";

    private final HostedRoles roles;
    private final Bus bus;
    private final Launching launching;
    private final Map<String, Member> members = new ConcurrentHashMap<>();
    private final Set<String> interfered = ConcurrentHashMap.newKeySet();
    private boolean told;
    private volatile boolean closing;

    /**
     * A process as it is now: it may have been started again.
     *
     * @param roles that it has
     */
    private record Member(ChildProcess child, List<String> roles) {}

    /**
     * How children are started.
     *
     * @param common options of each
     * @param environment their variables
     * @param faults whether the roles of this process do the run's faults
     * @param folder that takes their output, {@code NAME.log}
     * @param interrupted whether to wait no longer
     * @param events takes what the user is to read
     */
    record Launching(
            List<String> common,
            Map<String, String> environment,
            boolean faults,
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

    @Override
    public Bus bus() {
        return bus;
    }

    /** Where a part of this process listens: a URL, or {@code HOST:PORT} of one that speaks no HTTP. */
    public String address(String part) {
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
    public Map<String, String> start(String name, List<String> arguments) {
        var instance = instance(name);
        var all = new ArrayList<>(arguments);
        all.addAll(launching.common());
        all.addAll(sharing(roles.cluster().orElseThrow()));
        all.add("--management-port=0");
        var environment = new HashMap<>(launching.environment());
        environment.put("POD_NAME", instance); // it is a process of its own in the collector's books
        var child =
                ChildProcess.start(name, all, environment, launching.folder().resolve(name + ".log"));
        members.put(name, new Member(child, roles(arguments)));
        roles.closeFirst(name, () -> stop(name));
        var addresses = awaitStart(child, instance);
        tell(name + " ", addresses);
        return addresses;
    }

    /** What this process is called in the collector's books. */
    public String instance() {
        return roles.instance();
    }

    private static List<String> roles(List<String> arguments) {
        return arguments.stream()
                .filter(each -> each.startsWith(ROLE))
                .flatMap(each -> Stream.of(each.substring(ROLE.length()).split(",", -1)))
                .toList();
    }

    private void stop(String name) {
        var member = members.get(name);
        if (member != null) {
            member.child().stop();
        }
    }

    /**
     * Ends processes as a fault does, and starts them again as asked. Blocks until they are back. From any thread.
     *
     * @throws StartException when there is none of this name or role, or one can't be started again
     */
    void interfere(StopProcess order) {
        var chosen = members.entrySet().stream()
                .filter(each -> each.getKey().equals(order.process())
                        || each.getValue().roles().contains(order.process()))
                .map(Map.Entry::getKey)
                .toList();
        if (chosen.isEmpty()) {
            throw new StartException("this run has no process " + order.process(), null);
        }
        chosen.forEach(name -> interfered.add(instance(name)));
        chosen.forEach(name -> member(name).child().interfere(order.force(), order.children()));
        if (order.backMillis() >= 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(order.backMillis()));
            chosen.forEach(this::startAgain);
        }
    }

    private Member member(String name) {
        return Objects.requireNonNull(members.get(name));
    }

    private void startAgain(String name) {
        if (closing) {
            return;
        }
        var member = member(name);
        var again = member.child().again();
        members.put(name, new Member(again, member.roles()));
        awaitStart(again, instance(name));
    }

    /** The process of this name and all that it has started; from any thread. */
    public List<ProcessHandle> tree(String name) {
        return member(name).child().tree();
    }

    @Override
    public Optional<Processes> faults() {
        return launching.faults() ? Optional.of(this) : Optional.empty();
    }

    /**
     * Hears messages on the bus.
     *
     * @param handler called on an event loop, which it must not block
     */
    <M extends Message> MessageConsumer<M> hear(String address, Handler<io.vertx.core.eventbus.Message<M>> handler) {
        return roles.bus().<M>consumer(address).handler(handler);
    }

    /** The processes that faults have ended, as they are called in the collector's books. */
    Set<String> interfered() {
        return interfered;
    }

    /** What a process that was started under this name is called in the collector's books. */
    @Override
    public String instance(String name) {
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
    @Override
    public boolean hasLost() {
        var lost = members.values().stream()
                .map(Member::child)
                .filter(ChildProcess::isLost)
                .findFirst();
        if (lost.isPresent() && !told) {
            told = true;
            launching.events().accept(lost.get().epitaph());
        }
        return lost.isPresent();
    }

    /** Ends all, the others first, unless they are to stay for a while. */
    @Override
    public void close() {
        closing = true;
        roles.close();
    }
}

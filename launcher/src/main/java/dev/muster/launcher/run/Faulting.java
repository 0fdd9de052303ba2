package dev.muster.launcher.run;

import dev.muster.bus.Addresses;
import dev.muster.bus.Command;
import dev.muster.bus.Failure;
import dev.muster.bus.FaultImpacts.Impact;
import dev.muster.bus.FaultNews;
import dev.muster.bus.FaultPlan;
import dev.muster.bus.StopProcess;
import dev.muster.bus.Stored;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.faults.PlannedFaults;
import dev.muster.launcher.faults.PlannedFaults.Planned;
import dev.muster.launcher.result.Result;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The faults of a load: has the role {@code faults} do them, ends processes of the run for it, and keeps what became of
 * each. For the thread of the run, with what comes over the bus on others.
 */
final class Faulting implements AutoCloseable {
    private static final String ROLE = "faults";

    /** What is to be undone at the load's end may take so long: a pod's grace period and its start, a node's way back. */
    private static final Duration UNDOING = Duration.ofMinutes(5);

    private final Optional<Doer> doer;
    private final Progress progress;
    private final Map<Integer, Map<FaultNews.Phase, FaultNews>> heard = new ConcurrentHashMap<>();
    private final List<MessageConsumer<?>> consumers = new ArrayList<>();
    private volatile long began;

    /**
     * What is to be done, and by whom.
     *
     * @param processes with the role
     */
    private record Doer(PlannedFaults faults, Processes processes) {}

    private Faulting(Optional<Doer> doer, Progress progress) {
        this.doer = doer;
        this.progress = progress;
    }

    /** Those of the run; none does nothing. */
    static Faulting of(Run run, Stage stage) {
        var doer = run.faults().flatMap(faults -> stage.faults().map(processes -> new Doer(faults, processes)));
        var faulting = new Faulting(doer, run.progress());
        doer.ifPresent(some -> faulting.listen(some.processes()));
        return faulting;
    }

    private void listen(Processes processes) {
        consumers.add(processes.<FaultNews>hear(Addresses.FAULT_NEWS, message -> hear(message.body())));
        consumers.add(processes.<StopProcess>hear(Addresses.STOP_PROCESS, message -> stopProcess(processes, message)));
    }

    /** The time of the faults begins. */
    void begin() {
        doer.ifPresent(some -> {
            began = System.currentTimeMillis();
            var bus = some.processes().bus();
            var plan = new FaultPlan(
                    bus.credential(),
                    some.faults().faults().stream().map(Planned::fault).toList());
            try {
                bus.ask(Addresses.FAULT_PLAN, plan, Stored.class);
            } catch (ReplyException refused) {
                throw new StartException("the faults can't be done: " + refused.getMessage(), refused);
            }
        });
    }

    private void hear(FaultNews news) {
        heard.computeIfAbsent(news.number(), number -> new ConcurrentHashMap<>())
                .put(news.phase(), news);
        var what =
                switch (news.phase()) {
                    case BEGUN -> ": ";
                    case OVER -> " is over: ";
                    case FAILED -> " failed: ";
                };
        progress.event(
                String.format(Locale.ROOT, "%5.1f s  fault %d%s%s", seconds(news), news.number(), what, news.text()));
    }

    private double seconds(FaultNews news) {
        return (news.epochMillis() - began) / 1e3;
    }

    private static void stopProcess(Processes processes, Message<StopProcess> message) {
        var order = message.body();
        if (!processes.bus().credential().admits(order.credential())) {
            message.fail(Failure.FORBIDDEN.code(), "the admin token is missing or wrong");
            return;
        }
        var thread = new Thread(() -> interfere(processes, message), "fault-" + order.process());
        thread.setDaemon(true);
        thread.start();
    }

    private static void interfere(Processes processes, Message<StopProcess> message) {
        try {
            processes.interfere(message.body());
            message.reply(Stored.INSTANCE);
        } catch (StartException | ReplyException e) {
            message.fail(Failure.INTERNAL.code(), String.valueOf(e.getMessage()));
        }
    }

    /** No fault begins any more; what is to be undone is undone now. */
    void end() {
        doer.ifPresent(some -> end(some.processes().bus()));
    }

    private void end(Bus bus) {
        try {
            var stop = new Command(bus.credential(), Command.Action.STOP, Map.of());
            bus.begin(Addresses.command(ROLE), stop, Stored.class, UNDOING)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            progress.event("not all that the faults did could be undone: "
                    + Optional.ofNullable(e.getCause()).orElse(e).getMessage());
        }
    }

    /** The processes that faults have ended, as they are called in the collector's books. */
    Set<String> interfered() {
        return doer.map(some -> some.processes().interfered()).orElse(Set.of());
    }

    /**
     * What became of each.
     *
     * @param impacts by the faults' numbers, where the experiment measures them
     */
    List<Result.Fault> told(List<Impact> impacts) {
        return doer.map(some -> some.faults().faults()).orElse(List.of()).stream()
                .map(each -> told(
                        each,
                        impacts.stream()
                                .filter(impact ->
                                        impact.number() == each.fault().number())
                                .findFirst()))
                .toList();
    }

    /** What is known by now of those that were begun, or could not be. Safe to use from any thread. */
    List<Result.Fault> soFar() {
        return told(List.of()).stream()
                .filter(fault -> heard.containsKey(fault.number()))
                .toList();
    }

    private Result.Fault told(Planned each, Optional<Impact> impact) {
        var news = heard.getOrDefault(each.fault().number(), Map.of());
        var begun = Optional.ofNullable(news.get(FaultNews.Phase.BEGUN));
        var over = Optional.ofNullable(news.get(FaultNews.Phase.OVER));
        var failed = Optional.ofNullable(news.get(FaultNews.Phase.FAILED));
        return new Result.Fault(
                each.fault().number(),
                each.text(),
                each.fault().atMillis() / 1e3,
                begun.map(this::seconds).orElse(null),
                over.map(this::seconds).orElse(null),
                begun.map(FaultNews::epochMillis).orElse(null),
                over.isPresent(),
                over.or(() -> failed)
                        .map(FaultNews::text)
                        .orElse(begun.isPresent() ? "not over when the run ended" : "the load ended before"),
                impact.map(Faulting::told).orElse(null));
    }

    private static Result.Impact told(Impact impact) {
        var users = impact.userOutageNanos();
        return new Result.Impact(
                impact.failedChecks(),
                impact.outageNanos() / 1e9,
                impact.outageOver(),
                users.isEmpty() ? null : (Double) (users.get((users.size() - 1) / 2) / 1e9),
                users.isEmpty() ? null : (Double) (users.get(users.size() - 1) / 1e9),
                impact.usersOut(),
                impact.throughputBefore(),
                impact.throughputLowest(),
                Optional.ofNullable(impact.recoveryNanos())
                        .map(nanos -> nanos / 1e9)
                        .orElse(null),
                impact.lostEvents(),
                impact.duplicatedEvents());
    }

    @Override
    public void close() {
        consumers.forEach(MessageConsumer::unregister);
    }
}

package dev.muster.launcher.run;

import dev.muster.bus.Addresses;
import dev.muster.bus.Command;
import dev.muster.bus.Credential;
import dev.muster.bus.Message;
import dev.muster.bus.Stats;
import dev.muster.bus.StatsQuery;
import dev.muster.bus.Stored;
import dev.muster.launcher.command.StartException;
import dev.muster.node.RunHealth;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a run talks with the roles: it asks over the bus and waits for the answer. Blocks; not for an event loop. */
public final class Bus {
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** What the event bus itself gives a request. */
    private static final Duration USUAL = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofMillis(100);

    private final Line line;
    private final Credential credential;

    /** The way that requests go. */
    @FunctionalInterface
    public interface Line {
        /** The answer to a message; it fails with a {@link ReplyException} as the event bus itself does. */
        Future<Message> request(String address, Message question, Duration within);
    }

    /**
     * That of this process.
     *
     * @param credential what admin messages carry
     */
    Bus(EventBus bus, Credential credential) {
        this(
                (address, question, within) -> bus.<Message>request(
                                address, question, new DeliveryOptions().setSendTimeout(within.toMillis()))
                        .map(reply -> reply.body()),
                credential);
    }

    /** Another one, that another process speaks on for this one. */
    public Bus(Line line, Credential credential) {
        this.line = line;
        this.credential = credential;
    }

    /** What admin messages carry. */
    public Credential credential() {
        return credential;
    }

    /**
     * The answer to a question.
     *
     * @throws StartException when none comes in time
     */
    public <A extends Message> A ask(String address, Message question, Class<A> answer) {
        try {
            return answer.cast(line.request(address, question, USUAL).await(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new StartException("no answer at " + address + " within " + ANSWER.toSeconds() + " s", e);
        }
    }

    /** The answer to a question that takes as long as this; it fails with what the other side failed with. */
    public <A extends Message> CompletionStage<A> begin(
            String address, Message question, Class<A> answer, Duration within) {
        return line.request(address, question, within).map(answer::cast).toCompletionStage();
    }

    /** The answer to a question, but empty when nobody answers at once. */
    <A extends Message> Optional<A> tryAsk(String address, Message question, Class<A> answer) {
        try {
            return Optional.of(
                    answer.cast(line.request(address, question, USUAL).await(LOOK.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (TimeoutException | ReplyException e) {
            LockSupport.parkNanos(LOOK.toNanos());
            return Optional.empty();
        }
    }

    /** Tells one instance of a role what to do. */
    public void command(String role, Command.Action action) {
        ask(Addresses.command(role), new Command(credential, action, Map.of()), Stored.class);
    }

    /**
     * Tells some instances of a role what to do, all at once.
     *
     * @throws StartException when one does not say that it did
     */
    public void command(String role, List<String> instances, Command.Action action) {
        var order = new Command(credential, action, Map.of());
        var orders = new LinkedHashMap<String, Command>();
        instances.forEach(instance -> orders.put(instance, order));
        var missing = askEach(orders, instance -> Addresses.command(role, instance), Stored.class, ANSWER)
                .missing();
        missing.forEach((instance, cause) -> {
            throw new StartException(
                    "of " + instances.size() + " processes with the role " + role + " " + missing.size()
                            + " did not obey " + action + ": " + instance + ": " + cause.getMessage(),
                    cause);
        });
    }

    /**
     * Tells some instances of a role what to do, all at once, where that may take a while.
     *
     * @param most how long to wait for their answers
     * @param hurry the same once it is hurried
     * @return whether all answered in time
     * @throws io.vertx.core.eventbus.ReplyException when one answers that it won't
     */
    public boolean tryCommand(
            String role,
            List<String> instances,
            Command.Action action,
            Duration most,
            Duration hurry,
            BooleanSupplier hurried) {
        var command = new Command(credential, action, Map.of());
        var answers = instances.stream()
                .map(instance -> begin(Addresses.command(role, instance), command, Stored.class, most)
                        .toCompletableFuture())
                .toList();
        long begun = System.nanoTime();
        while (!answers.stream().allMatch(CompletableFuture::isDone)) {
            if (System.nanoTime() - begun > (hurried.getAsBoolean() ? hurry : most).toNanos()) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return answers.stream().map(Bus::isObeyed).reduce(true, Boolean::logicalAnd);
    }

    private static boolean isObeyed(CompletableFuture<Stored> answer) {
        try {
            answer.join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof ReplyException refused) {
                if (refused.failureType() == ReplyFailure.TIMEOUT) {
                    return false;
                }
                throw refused;
            }
            throw e;
        }
    }

    /**
     * What came of several questions, by who was asked.
     *
     * @param missing why there is no answer
     */
    public record Answers<A>(Map<String, A> given, Map<String, ReplyException> missing) {}

    /**
     * The answers to several questions, asked at once, of those who answer in time.
     *
     * @param questions by who is asked
     * @param address of each
     */
    public <A extends Message> Answers<A> askEach(
            Map<String, ? extends Message> questions, UnaryOperator<String> address, Class<A> answer, Duration within) {
        var asked = new LinkedHashMap<String, Future<A>>();
        questions.forEach((who, question) -> asked.put(
                who, line.request(address.apply(who), question, within).map(answer::cast)));
        var given = new LinkedHashMap<String, A>();
        var missing = new LinkedHashMap<String, ReplyException>();
        asked.forEach((who, future) -> {
            try {
                given.put(who, future.await());
            } catch (ReplyException gone) {
                LOG.debug("event=no_answer of={} cause=\"{}\"", who, gone.getMessage());
                missing.put(who, gone);
            }
        });
        return new Answers<>(given, missing);
    }

    /** Every process that the collector has heard of. */
    public List<Stats.Instance> processes() {
        return ask(Addresses.STATS, new StatsQuery(false, false), Stats.class).instances();
    }

    /** What the collector says now. */
    public Stats stats() {
        return ask(Addresses.STATS, new StatsQuery(false, true), Stats.class);
    }

    /**
     * What the collector says when every process that is not silent has sent a snapshot from now on: all that happened
     * before this call is in it.
     *
     * @throws StartException when that does not happen in time
     */
    public Stats settled() {
        long from = System.currentTimeMillis();
        long deadline = System.nanoTime() + ANSWER.toNanos();
        var stats = stats();
        while (!isSettled(stats, from) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK.toNanos());
            stats = stats();
        }
        if (!isSettled(stats, from)) {
            throw new StartException(
                    "the collector has not heard of every process within " + ANSWER.toSeconds() + " s", null);
        }
        return stats;
    }

    private static boolean isSettled(Stats stats, long from) {
        return !stats.instances().isEmpty()
                && stats.instances().stream()
                        .filter(instance -> !instance.silent())
                        .allMatch(instance -> stats.epochMillis() - instance.silentMillis() >= from);
    }

    /** The counts since an earlier answer of the collector. Without histograms, it costs so little that it may be often. */
    RunHealth countsSince(Stats before) {
        return RunHealth.between(before, ask(Addresses.STATS, new StatsQuery(false, false), Stats.class));
    }
}

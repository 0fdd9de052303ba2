package dev.muster.launcher.run;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Credential;
import dev.muster.bus.Failure;
import dev.muster.bus.Message;
import dev.muster.bus.Stats;
import dev.muster.bus.StatsQuery;
import dev.muster.bus.StressAccepted;
import dev.muster.bus.StressOrder;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A real bus with a collector that says which pods there are, and pods that answer as a test has it. */
public final class FakePods implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final List<Stats.Instance> heard = new CopyOnWriteArrayList<>();

    /** What a pod was ordered, in order. */
    private final Map<String, List<StressOrder>> orders = new ConcurrentHashMap<>();

    public FakePods() {
        BusCodecs.register(vertx.eventBus());
        vertx.eventBus().<StatsQuery>consumer(Addresses.STATS, message -> message.reply(stats()));
        hear("run", "collector");
    }

    private Message stats() {
        return new Stats(
                System.currentTimeMillis(),
                List.copyOf(heard),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of());
    }

    /** The collector has heard of it. */
    public void hear(String name, String roles) {
        heard.add(new Stats.Instance(name, roles, "build", name + "-1", 100, false, 0, 0, Map.of()));
    }

    /** The collector hears of it no more. */
    public void fallSilent(String name) {
        heard.removeIf(each -> each.name().equals(name));
    }

    /** Answers as if it burnt all that it is asked for, on its own clock: 1 s for each order of any cores. */
    public void answering(String name) {
        consume(name, order -> new StressAccepted(name, null, 2, burnt(name), burnt(name)));
    }

    private long burnt(String name) {
        return TimeUnit.SECONDS.toNanos(
                ordered(name).stream().filter(order -> order.cores() > 0).count());
    }

    /** Refuses each order. */
    public void refusing(String name, Failure failure, String words) {
        consume(name, order -> failure.exception(words));
    }

    /** Hears each order and says nothing. */
    public void mute(String name) {
        consume(name, order -> "");
    }

    private void consume(String name, Function<StressOrder, Object> answer) {
        hear(name, "stress");
        vertx.eventBus().<StressOrder>consumer(Addresses.stress(name), message -> {
            ordered(name).add(message.body());
            var said = answer.apply(message.body());
            if (said instanceof StressAccepted accepted) {
                message.reply(accepted);
            } else if (said instanceof ReplyException refusal) {
                message.fail(refusal.failureCode(), refusal.getMessage());
            }
        });
    }

    public List<StressOrder> ordered(String name) {
        return orders.computeIfAbsent(name, any -> new CopyOnWriteArrayList<>());
    }

    public Bus bus() {
        return new Bus(vertx.eventBus(), new Credential("t0ken"));
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}

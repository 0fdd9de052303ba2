package dev.muster.engine;

import dev.muster.node.Deployment;
import dev.muster.node.Node;
import dev.muster.node.Ranges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role {@code engine}: virtual engines, as many in one process as its options say. */
public final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final int MOST_ENGINES = 1_000_000;
    private static final int MOST_WARM_UP = 100_000;
    /** Fewer than this for each event loop are not worth another one. */
    private static final int FEW = 1_000;

    /** How many orders to burn CPU may wait for each engine, on the average. */
    private static final int ORDERS_PER_ENGINE = 16;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TENTH = Duration.ofMillis(100);

    private Engine() {}

    /** What to deploy. May look up the host's name, so it is not for an event loop. */
    public static List<Deployment> deployments(EngineOptions options, Node node) {
        var setup = Setup.of(options, System.getenv());
        int processors = Runtime.getRuntime().availableProcessors();
        int instances = Math.max(1, Math.min(processors, setup.count() / FEW));
        var shared = new Shared(
                new Departures(setup.count(), node.ending()::ask),
                new Attendance(setup.count(), () -> LOG.info("event=engine.all_registered engines={}", setup.count())),
                new Work(node.telemetry(), processors, ORDERS_PER_ENGINE * setup.count()),
                System.nanoTime());
        var fleets = new Fleets(instances, options.hold());
        var number = new AtomicInteger();
        var deployments = new ArrayList<Deployment>();
        if (options.warmUp() > 0) {
            deployments.add(new Deployment("engine-warm-up", () -> new WarmUpVerticle(setup, options.warmUp()), 1));
        }
        deployments.add(new Deployment(
                "engine",
                () -> new EngineVerticle(setup, new Share(number.getAndIncrement(), instances), shared, fleets, node),
                instances));
        return deployments;
    }

    /** What is wrong with the options, one line each; empty when nothing is. */
    public static List<String> problems(EngineOptions options) {
        var problems = new ArrayList<String>();
        if (options.count() < 1 || options.count() > MOST_ENGINES) {
            problems.add("--engine-count must be 1 to " + MOST_ENGINES + ", not " + options.count());
        }
        if (options.warmUp() < 0 || options.warmUp() > MOST_WARM_UP) {
            problems.add("--engine-warm-up must be 0 to " + MOST_WARM_UP + ", not " + options.warmUp());
        }
        Ranges.check(problems, "--engine-heartbeat", options.heartbeat(), TENTH, HOUR);
        Ranges.check(problems, "--engine-ramp", options.ramp(), Duration.ZERO, Duration.ofDays(1));
        Ranges.check(problems, "--engine-tick", options.tick(), Duration.ofMillis(1), Duration.ofSeconds(1));
        Ranges.check(problems, "--engine-timeout", options.timeout(), TENTH, Duration.ofMinutes(10));
        Ranges.check(problems, "--engine-retry-wait", options.retryWait(), Duration.ofMillis(10), HOUR);
        if (Setup.broker(options.broker()).isEmpty()) {
            problems.add("--engine-broker must be like host:1337, not '" + options.broker() + "'");
        }
        if (Setup.retries(options.retry()).isEmpty()) {
            problems.add("--engine-retry must be 0 to " + Setup.MOST_RETRIES + ", or forever, not '" + options.retry()
                    + "'");
        }
        var id = options.id();
        if (id != null && !Setup.isId(Setup.id(id, Math.max(0, options.count() - 1), options.count()))) {
            problems.add("--engine-id, with the number behind it when there are several, must be " + Setup.ID_RANGE
                    + ", not '" + id + "'");
        }
        Setup.addresses(options).stream()
                .filter(address -> Setup.source(address).isEmpty())
                .forEach(address -> problems.add("--engine-source-addresses must be addresses of this machine, like"
                        + " 127.0.1.1,127.0.1.2, not '" + address + "'"));
        return problems;
    }

    /**
     * What the event loops of a process share.
     *
     * @param origin of {@link System#nanoTime}: where the phases and the times of sending begin
     */
    record Shared(Departures departures, Attendance attendance, Work work, long origin) {}

    /** Which of so many equal shares of the engines: every {@code of}-th from the {@code number}-th on. */
    record Share(int number, int of) {
        int size(int count) {
            return (count - number + of - 1) / of;
        }

        int engine(int index) {
            return number + index * of;
        }
    }
}

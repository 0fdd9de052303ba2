package dev.muster.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.bus.Command;
import dev.muster.driver.ScriptedApi.Script;
import dev.muster.node.Identity;
import dev.muster.testing.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a real API server does not do on demand. */
class DriverBooksTest {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    @TempDir
    private Path folder;

    /** One line of operations.csv. */
    private record Line(LocalDateTime before, LocalDateTime after, String verb, String key, LocalDateTime intended) {
        static Line of(String text) {
            var fields = text.split(",", -1);
            return new Line(
                    LocalDateTime.parse(fields[0], TIME),
                    LocalDateTime.parse(fields[1], TIME),
                    fields[2],
                    fields[3],
                    LocalDateTime.parse(fields[5], TIME));
        }

        double latency() {
            return Duration.between(intended, after).toNanos() / 1e9;
        }

        double service() {
            return Duration.between(before, after).toNanos() / 1e9;
        }
    }

    @Test
    void shouldKnowHowManyObjectsThereAreWhenCreationsAreOfUnknownOutcome() throws Exception {
        var api = new ScriptedApi[1];
        Script script = (request, name, usual) -> {
            int number = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
            if (!request.method().equals(HttpMethod.POST) || number % 3 == 0) {
                usual.run();
                return;
            }
            if (number % 3 == 1) {
                api[0].make(name);
            }
            ScriptedApi.answer(request, 504);
        };
        try (var server = new ScriptedApi(folder, script)) {
            api[0] = server;
            var options = Options.driver("--driver-rate=200", "--driver-objects=30", "--driver-max-population=10");
            try (var driver = new RunningDriver("one", options, server.options())) {
                eventually().until(() -> driver.isOver(60));

                assertThat(driver.count(DriverCounter.UNKNOWN)).isEqualTo(20);
                assertThat(driver.count(DriverCounter.DONE)).isEqualTo(40);
                assertThat(driver.count(DriverCounter.CREATED)).isEqualTo(10);
                assertThat(driver.count(DriverCounter.CONFIRMED)).isEqualTo(10);
                assertThat(driver.count(DriverCounter.NEVER_THERE)).isEqualTo(10);
                assertThat(driver.count(DriverCounter.DELETED)).isEqualTo(20);
                assertThat(driver.value(DriverMetric.POPULATION)).isZero();
            }
        }
    }

    @Test
    void shouldCountLatencyFromTheTimeOfEachOperationThroughAStall() throws Exception {
        var creations = new AtomicInteger();
        Script script = (request, name, usual) -> {
            if (request.method().equals(HttpMethod.POST) && creations.incrementAndGet() == 20) {
                ScriptedApi.after(1_000, usual);
            } else {
                usual.run();
            }
        };
        var csv = folder.resolve("ops.csv");
        try (var server = new ScriptedApi(folder, script)) {
            var options = Options.driver(
                    "--driver-arrival=constant",
                    "--driver-rate=50",
                    "--driver-objects=60",
                    "--driver-max-population=25",
                    "--driver-in-flight=1",
                    "--driver-csv=" + csv);
            try (var driver = new RunningDriver("one", options, server.options())) {
                eventually().until(() -> driver.isOver(120));
                driver.undeploy();

                var lines = Files.readAllLines(csv).stream().map(Line::of).toList();
                var created = lines.stream()
                        .filter(line -> line.verb().equals("create"))
                        .toList();
                // one, and a few more on a machine that stalls by itself
                assertThat(created).filteredOn(line -> line.service() > 0.9).hasSizeBetween(1, 5);
                assertThat(created).filteredOn(line -> line.latency() > 0.5).hasSizeGreaterThan(10);
                assertThat(driver.sum(DriverMetric.CREATE_LATENCY))
                        .isEqualTo(created.stream().mapToDouble(Line::latency).sum(), within(0.2));
                assertThat(driver.sum(DriverMetric.CREATE_SERVICE))
                        .isEqualTo(created.stream().mapToDouble(Line::service).sum(), within(0.2));
                assertThat(lives(lines)).hasSize(60).allSatisfy(life -> assertThat(life)
                        .isCloseTo(Duration.ofMillis(500), Duration.ofMillis(50)));
            }
        }
    }

    /** From when each object was to be created until it was to be deleted: population over rate, whatever the server does. */
    private static List<Duration> lives(List<Line> lines) {
        Map<String, LocalDateTime> creations = new HashMap<>();
        lines.stream()
                .filter(line -> line.verb().equals("create"))
                .forEach(line -> creations.put(line.key(), line.intended()));
        return lines.stream()
                .filter(line -> line.verb().equals("delete"))
                .map(line -> Duration.between(creations.get(line.key()), line.intended()))
                .toList();
    }

    @Test
    void shouldTellItsOwnTimeUntilTheLastOperationEnded() throws Exception {
        var csv = folder.resolve("ops.csv");
        try (var server = new ScriptedApi(folder, (request, name, usual) -> ScriptedApi.after(10, usual))) {
            var options = closed("--driver-objects=20", "--driver-threads=4", "--driver-rate=0", "--driver-csv=" + csv);
            try (var driver = new RunningDriver("one", options, server.options())) {
                eventually().until(() -> driver.isOver(60));
                double told = driver.value(DriverMetric.ELAPSED);
                await().pollDelay(Duration.ofMillis(200)).until(() -> true);

                assertThat(driver.value(DriverMetric.ELAPSED)).isEqualTo(told);
                driver.undeploy();
                var lines = Files.readAllLines(csv).stream().map(Line::of).toList();
                var first =
                        lines.stream().map(Line::before).sorted().findFirst().orElseThrow();
                var last = lines.stream()
                        .map(Line::after)
                        .max(LocalDateTime::compareTo)
                        .orElseThrow();
                assertThat(told).isGreaterThan(Duration.between(first, last).toNanos() / 1e9 - 0.005);
            }
        }
    }

    @Test
    void shouldWarmUpAndCleanUpThoughTheServerAsksToSlowDown() throws Exception {
        try (var server = new ScriptedApi(folder, puttingOffOnce())) {
            var options = Options.driver(
                    "--driver-rate=200",
                    "--driver-objects=20",
                    "--driver-max-population=1000000",
                    "--driver-warm-up=40");
            try (var driver = new RunningDriver("one", options, server.options())) {
                eventually().until(() -> driver.isOver(20));
                assertThat(server.objects()).hasSize(20);

                driver.undeploy();

                assertThat(driver.count(DriverCounter.CLEANED)).isEqualTo(20);
                assertThat(server.objects()).isEmpty();
            }
        }
    }

    /** Each write is asked to come again once. */
    private static Script puttingOffOnce() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        return (request, name, usual) -> {
            if (seen.add(request.method() + name)) {
                ScriptedApi.putOff(request, 0);
            } else {
                usual.run();
            }
        };
    }

    @Test
    void shouldBeginNothingMoreAndLeaveNothingWhenItsWarmUpFails() throws Exception {
        var creations = new AtomicInteger();
        Script script = (request, name, usual) -> {
            if (request.method().equals(HttpMethod.POST) && creations.incrementAndGet() == 20) {
                ScriptedApi.answer(request, 403);
            } else {
                ScriptedApi.after(5, usual);
            }
        };
        try (var server = new ScriptedApi(folder, script)) {
            var options = Options.driver("--driver-warm-up=1000");

            assertThatThrownBy(() -> new RunningDriver("one", options, server.options()))
                    .hasMessageContaining("the warm-up's objects can't be created");

            assertThat(creations.get()).isLessThan(60);
            assertThat(server.objects()).isEmpty();
        }
    }

    @Test
    void shouldLeaveNothingWhenItIsStoppedWhileItWarmsUp() throws Exception {
        var creations = new AtomicInteger();
        Script script = (request, name, usual) -> {
            if (request.method().equals(HttpMethod.POST)) {
                creations.incrementAndGet();
            }
            ScriptedApi.after(50, usual);
        };
        var vertx = Vertx.vertx();
        try (var server = new ScriptedApi(folder, script)) {
            var node = TestNode.of(new Identity("one", "1", "test", "driver"));
            var made = Driver.deployments(Options.driver("--driver-warm-up=100000"), server.options(), node);
            var first = vertx.deployVerticle(made.get(0).verticle().get()).await(30, TimeUnit.SECONDS);
            var driver = vertx.deployVerticle(made.get(1).verticle().get());
            eventually().until(() -> creations.get() > 20);

            vertx.undeploy(first).await(30, TimeUnit.SECONDS); // as a process does that is told to stop

            assertThat(server.objects()).isEmpty();
            assertThat(driver.isComplete() && driver.succeeded()).isFalse();
            int before = creations.get();
            vertx.close().await(30, TimeUnit.SECONDS);
            assertThat(creations.get()).isEqualTo(before);
        } finally {
            vertx.close().await(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldNotBeginWhenTheWarmUpsObjectsStay() throws Exception {
        var refused = new HashSet<String>();
        Script script = (request, name, usual) -> {
            if (request.method().equals(HttpMethod.DELETE) && name.endsWith("5") && refused.add(name)) {
                ScriptedApi.answer(request, 500);
            } else {
                usual.run();
            }
        };
        try (var server = new ScriptedApi(folder, script)) {
            var options = Options.driver("--driver-warm-up=10");

            assertThatThrownBy(() -> new RunningDriver("one", options, server.options()))
                    .hasMessageContaining("the warm-up's objects can't be deleted");

            assertThat(refused).isNotEmpty();
            assertThat(server.objects()).isEmpty();
        }
    }

    @Test
    void shouldDropAtItsStopWhatTheServerHasPutOff() throws Exception {
        try (var server = new ScriptedApi(folder, (request, name, usual) -> ScriptedApi.putOff(request, 100))) {
            var options = Options.driver("--driver-rate=200", "--driver-objects=20", "--driver-in-flight=5");
            try (var driver = new RunningDriver("one", options, server.options())) {
                eventually().until(() -> driver.count(DriverCounter.INTENDED) == 20);

                driver.command(Command.Action.STOP);

                assertThat(driver.count(DriverCounter.THROTTLED)).isEqualTo(5);
                assertThat(driver.count(DriverCounter.DROPPED)).isEqualTo(20);
                assertThat(driver.count(DriverCounter.FAILED)).isZero();
            }
        }
    }

    @Test
    void shouldEndWhileItsWorkersWaitForTheirTurn() throws Exception {
        try (var server = new ScriptedApi(folder, (request, name, usual) -> usual.run())) {
            // The second turn comes after 50 s.
            var options = closed("--driver-objects=9", "--driver-threads=3", "--driver-rate=0.02");
            try (var driver = new RunningDriver("one", options, server.options())) {
                eventually().until(() -> driver.count(DriverCounter.DONE) == 1);

                driver.command(Command.Action.STOP);
                driver.undeploy();

                assertThat(driver.count(DriverCounter.INTENDED)).isEqualTo(1);
                assertThat(driver.count(DriverCounter.CLEANED)).isEqualTo(1);
                assertThat(server.objects()).isEmpty();
            }
        }
    }

    @Test
    void shouldSayHowToDeleteWhatItCouldNot() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(DriverVerticle.class);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.addAppender(log);
        Script script = (request, name, usual) -> {
            if (request.method().equals(HttpMethod.DELETE)) {
                ScriptedApi.answer(request, 403);
            } else {
                usual.run();
            }
        };
        try (var server = new ScriptedApi(folder, script)) {
            var options = Options.driver(
                    "--driver-objects=3",
                    "--driver-rate=100",
                    "--driver-max-population=1000000",
                    "--driver-namespace=elsewhere",
                    "--driver-run-id=kept");
            try (var driver = new RunningDriver("one", options, server.options())) {
                eventually().until(() -> driver.isOver(3));

                driver.undeploy();
            }
        } finally {
            logger.detachAppender(log);
        }

        assertThat(List.copyOf(log.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .anySatisfy(line -> assertThat(line)
                        .contains("3 of 3 objects stay")
                        .contains("cleanup api --run=kept --namespace=elsewhere --resource=configmaps"));
    }

    private static DriverOptions closed(String... more) {
        var all = new String[more.length + 1];
        System.arraycopy(more, 0, all, 0, more.length);
        all[more.length] = "--driver-mode=closed";
        return Options.driver(all);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(40));
    }
}

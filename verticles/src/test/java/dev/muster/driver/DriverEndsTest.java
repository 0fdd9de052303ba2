package dev.muster.driver;

import static dev.muster.driver.RunningDriver.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.bus.Command;
import dev.muster.driver.ScriptedApi.Script;
import dev.muster.node.Identity;
import dev.muster.testing.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** How it begins and ends when the server does what a real one does not on demand. */
class DriverEndsTest {
    @TempDir
    private Path folder;

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
            var options = Options.driver(
                    "--driver-mode=closed", "--driver-objects=9", "--driver-threads=3", "--driver-rate=0.02");
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
}

package dev.muster.minion;

import static dev.muster.minion.ScriptedMaster.eventually;
import static dev.muster.minion.ScriptedMaster.ok;
import static dev.muster.minion.ScriptedMaster.status;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.minion.MinionOptions.Arrival;
import dev.muster.testing.Part;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The registration of virtual minions with a real HTTP server, which misbehaves as the test says. */
class RegistrationTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    @Tag("smoke")
    void shouldRegisterEveryMinionOnceOverSoManyConnections() throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> ok(request, "Registered"));

        var crew = RunningCrew.start(vertx, TestOptions.of(500, master.url()).connections(8));
        eventually().until(() -> crew.allAcknowledged(500));

        var asked = master.at("/register");
        assertThat(asked.stream().map(one -> one.get("minion_id")))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 500).mapToObj(i -> "m-" + i).toList());
        assertThat(asked).allSatisfy(one -> {
            assertThat(one.get("run")).isEqualTo("r1");
            assertThat(one.get("pod")).isEqualTo("p1");
            assertThat(one.get("label.ZONE")).isEqualTo("a");
            assertThat(one.get("try")).isEqualTo("1");
            assertThat(Double.parseDouble(one.get("age_ms"))).isPositive();
        });
        assertThat(master.mostOpen()).isBetween(1, 8);
        assertThat(crew.trying()).isZero();
        assertThat(crew.latency().count()).isEqualTo(500);
        assertThat(crew.service().count()).isEqualTo(500);
        assertThat(crew.tries().max()).isEqualTo(1);
    }

    @Test
    void shouldSendTheSameIdAgainUntilItIsAcknowledged() throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> {
            switch (index) {
                case 0 -> status(request, 503);
                case 1 -> request.connection().close();
                case 2 -> status(request, 500);
                case 3 -> status(request, 404);
                case 4 -> ok(request, "x".repeat(20_000));
                default -> ok(request, "Registered");
            }
        });

        var crew = RunningCrew.start(vertx, TestOptions.of(1, master.url()));
        eventually().until(() -> crew.allAcknowledged(1));

        var asked = master.at("/register");
        assertThat(asked).extracting(one -> one.get("minion_id")).containsOnly("m-0");
        assertThat(asked).extracting(one -> one.get("try")).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(asked.stream()
                        .map(one -> Double.parseDouble(one.get("age_ms")))
                        .toList())
                .isSorted();
        assertThat(crew.count(MinionCounter.UNAVAILABLE)).isEqualTo(1);
        assertThat(crew.count(MinionCounter.DISCONNECTED)).isEqualTo(2);
        assertThat(crew.count(MinionCounter.UNEXPECTED)).isEqualTo(2);
        assertThat(crew.count(MinionCounter.RETRIED)).isEqualTo(5);
        assertThat(crew.count(MinionCounter.STARTED)).isEqualTo(1);
        assertThat(crew.tries().max()).isEqualTo(6);
    }

    @Test
    void shouldNotComeBackBeforeRetryAfter() throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> {
            if (index == 0) {
                request.response().putHeader("Retry-After", "1");
                status(request, 503);
            } else {
                ok(request, "Registered");
            }
        });

        var crew = RunningCrew.start(vertx, TestOptions.of(1, master.url()));
        eventually().until(() -> crew.allAcknowledged(1));

        var asked = master.at("/register");
        assertThat(asked.get(1).nanoTime() - asked.get(0).nanoTime()).isGreaterThanOrEqualTo(1_000_000_000L);
    }

    /** How a server keeps a client waiting. */
    enum Delay {
        SAYS_NOTHING,
        TRICKLES;

        void apply(Vertx vertx, HttpServerRequest request) {
            if (this == TRICKLES) {
                var response = request.response().setChunked(true);
                vertx.setPeriodic(20, tick -> response.write("x"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveUpARequestThatTakesTooLong(Delay delay) throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> {
            if (index == 0) {
                delay.apply(vertx, request);
            } else {
                ok(request, "Registered");
            }
        });

        var crew = RunningCrew.start(vertx, TestOptions.of(1, master.url()).timeout(Duration.ofMillis(300)));
        eventually().until(() -> crew.allAcknowledged(1));

        assertThat(crew.count(MinionCounter.TIMED_OUT)).isEqualTo(1);
        assertThat(master.at("/register")).hasSize(2);
    }

    @Test
    void shouldTakeNoForAnAnswerAndLogTheReasonOnce() throws Exception {
        var log = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(Complaints.class);
        log.start();
        logger.addAppender(log);
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> {
            request.response().setStatusCode(400).end("minion_id is wrong");
        });

        var crew = RunningCrew.start(vertx, TestOptions.of(50, master.url()));
        eventually().until(() -> crew.count(MinionCounter.REJECTED) == 50);
        eventually().pollDelay(Duration.ofMillis(300)).until(() -> true);
        logger.detachAppender(log);

        assertThat(master.at("/register")).hasSize(50);
        assertThat(crew.trying()).isZero();
        assertThat(crew.count(MinionCounter.RETRIED)).isZero();
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .startsWith("event=minion.rejected reason=\"minion_id is wrong\"");
    }

    @Test
    void shouldWaitForAMasterThatIsNotThereYet() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        var crew = RunningCrew.start(vertx, TestOptions.of(3, "http://127.0.0.1:" + port));
        eventually().until(() -> crew.count(MinionCounter.REFUSED) >= 6);
        assertThat(crew.trying()).isEqualTo(3);
        vertx.createHttpServer()
                .requestHandler(request -> ok(request, "Registered"))
                .listen(port, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);

        eventually().until(() -> crew.allAcknowledged(3));
        assertThat(crew.trying()).isZero();
    }

    @Test
    void shouldMeasureFromTheIntendedStartHoweverLongAMinionWaitsForAConnection() throws Exception {
        var master = ScriptedMaster.start(
                vertx, (request, asked, index) -> vertx.setTimer(50, later -> ok(request, "Registered")));

        var crew = RunningCrew.start(vertx, TestOptions.of(10, master.url()).connections(1));
        eventually().until(() -> crew.allAcknowledged(10));

        long tenRequests = TimeUnit.MILLISECONDS.toNanos(10 * 50);
        assertThat(crew.latency().max()).isGreaterThanOrEqualTo(tenRequests);
        assertThat(crew.service().min()).isBetween(TimeUnit.MILLISECONDS.toNanos(49), tenRequests);
        var ages = master.at("/register").stream()
                .map(one -> Double.parseDouble(one.get("age_ms")))
                .toList();
        assertThat(ages).isSorted();
        assertThat(ages.get(9)).isGreaterThanOrEqualTo(9 * 50);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSpreadTheBeginningsOverTheRamp(Arrival arrival) throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> ok(request, "Registered"));
        var options = TestOptions.of(100, master.url()).ramp(Duration.ofMillis(500), arrival);

        long start = System.nanoTime();
        var crew = RunningCrew.start(vertx, options);
        eventually().until(() -> crew.allAcknowledged(100));

        var last = List.copyOf(master.at("/register")).get(99);
        // A Poisson process of 100 arrivals takes 500 ms give or take 50; with seed 1 always the same.
        assertThat(last.nanoTime() - start).isGreaterThan(350_000_000L);
    }

    @Test
    void shouldHoldTheBeginningsAndGoOnWhereItStopped() throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> ok(request, "Registered"));
        var options = TestOptions.of(6_000, master.url()).ramp(Duration.ofSeconds(60), Arrival.CONSTANT);

        var crew = RunningCrew.start(vertx, options);
        eventually().until(() -> crew.count(MinionCounter.STARTED) > 0);
        crew.hold();
        eventually().until(() -> crew.trying() == 0);
        int held = (int) crew.count(MinionCounter.STARTED);
        eventually().pollDelay(Duration.ofMillis(200)).until(() -> true);
        assertThat(crew.count(MinionCounter.STARTED)).isEqualTo(held).isLessThan(6_000);
        crew.start();
        eventually().until(() -> crew.count(MinionCounter.ACKNOWLEDGED) >= held + 50);
        crew.hold();
        eventually().until(() -> crew.trying() == 0);

        int begun = (int) crew.count(MinionCounter.STARTED);
        assertThat(master.at("/register").stream().map(one -> one.get("minion_id")))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, begun).mapToObj(i -> "m-" + i).toList());
    }

    @Test
    void shouldReachAMasterByItsIpv6Address() throws Exception {
        Part.need(
                Files.exists(Path.of("/proc/net/if_inet6")),
                "no IPv6 here (Linux: sysctl net.ipv6.conf.lo.disable_ipv6=0)");
        var master = ScriptedMaster.start(vertx, "::1", (request, asked, index) -> ok(request, "Registered"));

        var crew = RunningCrew.start(vertx, TestOptions.of(1, master.url().replace("127.0.0.1", "[::1]")));

        eventually().until(() -> crew.allAcknowledged(1));
    }
}

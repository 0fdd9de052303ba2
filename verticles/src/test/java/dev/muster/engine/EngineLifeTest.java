package dev.muster.engine;

import static dev.muster.engine.EngineCounter.ACKNOWLEDGED;
import static dev.muster.engine.EngineCounter.HEARTBEATS_LOST;
import static dev.muster.engine.EngineCounter.LOST;
import static dev.muster.engine.EngineCounter.REGISTERED;
import static dev.muster.engine.EngineCounter.RESUMED;
import static dev.muster.engine.EngineCounter.SENT;
import static dev.muster.engine.RunningFleet.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Engines of protocol v2 and a broker, over real sockets. */
class EngineLifeTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    @Tag("smoke")
    void shouldSendAcknowledgedHeartbeatsThatAreCountedOnceEach() throws Exception {
        var broker = ScriptedBroker.v2(vertx, ScriptedBroker::politely);
        var engines = RunningFleet.start(vertx, TestOptions.of(3, broker.port()));

        eventually().until(() -> engines.count(ACKNOWLEDGED) >= 12);
        assertThat(engines.live()).isEqualTo(3);
        engines.stop();

        assertThat(engines.live()).isZero();
        assertThat(broker.count("BYE")).isEqualTo(3);
        for (var id : List.of("e-0", "e-1", "e-2")) {
            var numbers = broker.heartbeats(id);
            assertThat(numbers)
                    .isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
        }
        assertThat(broker.count("HeartBeat:")).isEqualTo(engines.count(SENT));
        assertThat(engines.count(SENT)).isEqualTo(engines.count(ACKNOWLEDGED) + engines.count(HEARTBEATS_LOST));
        assertThat(engines.ended).hasNullValue();
    }

    @Test
    void shouldComeBackWithItsTokenAndCountWhatItsLostConnectionTookAlong() throws Exception {
        var answers = new AtomicBoolean();
        var broker = ScriptedBroker.v2(vertx, (engine, message) -> {
            if (answers.get() || !message.startsWith("HeartBeat:")) {
                ScriptedBroker.politely(engine, message);
            }
        });
        var engines = RunningFleet.start(vertx, TestOptions.of(1, broker.port()));
        eventually().until(() -> broker.count("HeartBeat:e:2:") == 1);

        answers.set(true);
        broker.sockets.get(0).close().await(5, TimeUnit.SECONDS);

        eventually().until(() -> engines.count(ACKNOWLEDGED) >= 2);
        engines.stop();
        long sentBefore = engines.count(HEARTBEATS_LOST);
        assertThat(sentBefore).isGreaterThanOrEqualTo(2);
        assertThat(broker.heard).contains("MUSTER:2:NewEngine:e:" + sentBefore + ":" + ScriptedBroker.TOKEN);
        assertThat(engines.count(REGISTERED)).isEqualTo(2);
        assertThat(engines.count(RESUMED)).isEqualTo(1);
        assertThat(engines.count(LOST)).isEqualTo(1);
        assertThat(engines.count(SENT)).isEqualTo(engines.count(ACKNOWLEDGED) + engines.count(HEARTBEATS_LOST));
        var numbers = broker.heartbeats("e");
        assertThat(numbers)
                .isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    @Test
    void shouldComeBackAfterAReset() throws Exception {
        try (var broker = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var engines = RunningFleet.start(vertx, TestOptions.of(1, broker.getLocalPort()));
            try (var first = broker.accept()) {
                first.getOutputStream().write(Words.ascii("SUCCESS:Registered:" + ScriptedBroker.TOKEN + ":0\n"));
                eventually().until(() -> engines.count(SENT) >= 1);
                first.setSoLinger(true, 0); // closes with a reset
            }

            try (var second = broker.accept()) {
                second.getOutputStream().write(Words.ascii("SUCCESS:Resumed:" + ScriptedBroker.TOKEN + ":0\n"));
                eventually().until(() -> engines.live() == 1);
                assertThat(engines.count(LOST)).isEqualTo(1);
                assertThat(engines.count(HEARTBEATS_LOST)).isPositive();
                engines.stop();
            }
        }
    }

    @Test
    void shouldGiveUpWhenItsSourceAddressIsNotItsOwn() throws Exception {
        var broker = ScriptedBroker.v2(vertx, ScriptedBroker::politely);
        var nobodysAddress = List.of("192.0.2.1"); // TEST-NET-1: no machine has it

        var engines = RunningFleet.start(
                vertx, TestOptions.of(2, broker.port()).sources(nobodysAddress).retry("2"));

        assertThat(engines.awaitEnd().reason()).contains("after 3 tries");
        assertThat(engines.count(EngineCounter.UNREACHED)).isEqualTo(6);
        assertThat(engines.count(EngineCounter.TRIES)).isEqualTo(6);
        assertThat(engines.count(EngineCounter.BEGUN)).isEqualTo(2);
    }

    @Test
    void shouldGoOnAfterTheGreaterOfBothNumbers() throws Exception {
        var broker = ScriptedBroker.v2(vertx, (engine, message) -> {
            if (message.startsWith("MUSTER:")) {
                engine.write("SUCCESS:Registered:" + ScriptedBroker.TOKEN + ":41\n");
            }
        });

        var engines = RunningFleet.start(vertx, TestOptions.of(1, broker.port()));

        eventually().until(() -> !broker.heartbeats("e").isEmpty());
        assertThat(broker.heartbeats("e").get(0)).isEqualTo(42);
        engines.stop();
    }

    @Test
    void shouldWaitForABrokerThatIsRestarted() throws Exception {
        var first = ScriptedBroker.v2(vertx, ScriptedBroker::politely);
        var engines = RunningFleet.start(vertx, TestOptions.of(20, first.port()).retry("forever"));
        eventually().until(() -> engines.live() == 20);

        first.close();
        eventually().until(() -> engines.count(EngineCounter.UNREACHED) >= 200);
        var second = ScriptedBroker.v2(vertx, first.port(), ScriptedBroker::politely);

        eventually().until(() -> engines.live() == 20 && second.count("HeartBeat:") >= 40);
        engines.stop();
        assertThat(engines.count(LOST)).isGreaterThanOrEqualTo(20);
        assertThat(engines.count(REGISTERED)).isEqualTo(engines.count(LOST) + engines.count(EngineCounter.LEFT));
        assertThat(engines.count(SENT)).isEqualTo(engines.count(ACKNOWLEDGED) + engines.count(HEARTBEATS_LOST));
    }

    @Test
    void shouldSayThatAllAreThereWhenTheyAreAndNotWhenOneHasComeTwice() throws Exception {
        var takesBoth = new AtomicBoolean();
        var broker = ScriptedBroker.v2(vertx, (engine, message) -> {
            boolean refuses = message.startsWith("MUSTER:2:NewEngine:e-1:") && !takesBoth.get();
            if (refuses || message.startsWith("HeartBeat:e-0:1:")) {
                engine.close();
            } else {
                ScriptedBroker.politely(engine, message);
            }
        });
        var engines = RunningFleet.start(vertx, TestOptions.of(2, broker.port()).retry("forever"));
        eventually().until(() -> engines.count(RESUMED) == 1);
        assertThat(engines.allThere).hasValue(0);

        takesBoth.set(true);

        eventually().until(() -> engines.live() == 2);
        engines.stop();
        assertThat(engines.allThere).hasValue(1);
    }

    @Test
    void shouldGiveUpAfterAFirstTryAndFourMore() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        var engines = RunningFleet.start(vertx, TestOptions.of(2, port));

        var end = engines.awaitEnd();
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.reason())
                .contains("2 of 2 engines have given up", "127.0.0.1:" + port, "after 5 tries", "--engine-retry");
        assertThat(engines.count(EngineCounter.TRIES)).isEqualTo(10);
        assertThat(engines.count(EngineCounter.GAVE_UP)).isEqualTo(2);
    }

    @Test
    void shouldTellWhyItWasRefused() throws Exception {
        var broker = ScriptedBroker.v2(
                vertx, (engine, message) -> engine.end(Buffer.buffer("FAILLED:Duplicate Engine ID e\n")));

        var engines = RunningFleet.start(vertx, TestOptions.of(1, broker.port()).retry("1"));

        assertThat(engines.awaitEnd().reason()).contains("Duplicate Engine ID e", "after 2 tries");
        assertThat(engines.count(EngineCounter.REFUSED)).isEqualTo(2);
    }

    @Test
    void shouldNotWaitForEverForAnAnswer() throws Exception {
        var broker = ScriptedBroker.v2(vertx, (engine, message) -> {});

        var engines = RunningFleet.start(
                vertx, TestOptions.of(1, broker.port()).retry("0").timeout(Duration.ofMillis(100)));

        assertThat(engines.awaitEnd().reason()).contains("no answer to the registration");
    }

    @Test
    void shouldLeaveAConnectionOnWhichNothingIsAcknowledged() throws Exception {
        var broker = ScriptedBroker.v2(vertx, (engine, message) -> {
            if (message.startsWith("MUSTER:")) {
                ScriptedBroker.politely(engine, message);
            }
        });

        var engines = RunningFleet.start(vertx, TestOptions.of(1, broker.port()));

        eventually().until(() -> engines.count(RESUMED) >= 1);
        assertThat(engines.count(HEARTBEATS_LOST)).isGreaterThanOrEqualTo(4);
        engines.stop();
    }

    @Test
    void shouldEndWithTheCodeOfTheLastThatWasKilled() throws Exception {
        var broker = ScriptedBroker.v2(vertx, ScriptedBroker::politely);
        var engines = RunningFleet.start(vertx, TestOptions.of(2, broker.port()));
        eventually().until(() -> engines.live() == 2);

        broker.sockets.get(0).write("KILL:3:1\n");
        eventually().until(() -> engines.count(EngineCounter.KILLED) == 1);
        assertThat(engines.ended).hasNullValue();
        broker.sockets.get(1).write("KILL:7:2\n");

        assertThat(engines.awaitEnd().code()).isEqualTo(7);
        assertThat(broker.heard).containsSubsequence("CONFIRM:1", "BYE", "CONFIRM:2", "BYE");
    }

    @Test
    void shouldBurnCpuAndGoOnSendingHeartbeatsMeanwhile() throws Exception {
        var broker = ScriptedBroker.v2(vertx, ScriptedBroker::politely);
        var engines = RunningFleet.start(vertx, TestOptions.of(1, broker.port()));
        eventually().until(() -> engines.live() == 1);

        broker.sockets.get(0).write("DOWORK:600:9\n");

        eventually().until(() -> broker.count("DONE:9:") == 1);
        var heard = List.copyOf(broker.heard);
        var meanwhile = heard.subList(heard.indexOf("CONFIRM:9"), heard.size());
        assertThat(meanwhile.stream().filter(each -> each.startsWith("HeartBeat:")))
                .hasSizeGreaterThanOrEqualTo(2);
        var done = meanwhile.stream()
                .filter(each -> each.startsWith("DONE:"))
                .findFirst()
                .orElseThrow();
        assertThat(Long.parseLong(done.split(":", -1)[2])).isBetween(600L, 700L);
        engines.stop();
    }

    @Test
    void shouldNotGoOnWithABrokerThatCannotBeUnderstood() throws Exception {
        for (var nonsense : List.of(
                "what\n", "ACK:7:1\n", "ACK:1:\n", "KILL:256:1\n", "KILL:1\n", "DOWORK:-1:1\n", "x".repeat(2_000))) {
            var broker = ScriptedBroker.v2(vertx, (engine, message) -> {
                ScriptedBroker.politely(engine, message);
                if (message.startsWith("MUSTER:")) {
                    engine.write(nonsense);
                }
            });
            var engines =
                    RunningFleet.start(vertx, TestOptions.of(1, broker.port()).heartbeat(Duration.ofHours(1)));

            eventually().untilAsserted(() -> assertThat(engines.count(EngineCounter.MALFORMED))
                    .as(nonsense)
                    .isPositive());
            engines.stop();
        }
    }

    @Test
    void shouldConnectFromTheSourceAddressesInTurns() throws Exception {
        var broker = ScriptedBroker.v2(vertx, ScriptedBroker::politely);

        var engines =
                RunningFleet.start(vertx, TestOptions.of(4, broker.port()).sources(List.of("127.0.1.1", "127.0.1.2")));

        eventually().until(() -> engines.live() == 4);
        assertThat(broker.sockets)
                .extracting(socket -> socket.remoteAddress().host())
                .containsExactlyInAnyOrder("127.0.1.1", "127.0.1.1", "127.0.1.2", "127.0.1.2");
        engines.stop();
    }

    @Test
    void shouldNotCallLateWhatWasHeldBack() throws Exception {
        var broker = ScriptedBroker.v2(vertx, ScriptedBroker::politely);
        var engines = RunningFleet.held(vertx, TestOptions.of(50, broker.port()));
        pass(Duration.ofSeconds(2));

        engines.begin();
        eventually().until(() -> engines.count(SENT) > 100);
        engines.hold();
        pass(Duration.ofSeconds(2));
        engines.begin();
        eventually().until(() -> engines.count(SENT) > 200);
        engines.stop();

        assertThat(engines.lateness().max()).isLessThan(1.9e9);
        assertThat(engines.count(SENT)).isEqualTo(engines.count(ACKNOWLEDGED));
    }

    private static void pass(Duration time) {
        eventually().pollDelay(time).until(() -> true);
    }
}

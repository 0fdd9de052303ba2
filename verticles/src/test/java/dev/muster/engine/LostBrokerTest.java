package dev.muster.engine;

import static dev.muster.engine.EngineCounter.ACKNOWLEDGED;
import static dev.muster.engine.EngineCounter.HEARTBEATS_LOST;
import static dev.muster.engine.EngineCounter.LOST;
import static dev.muster.engine.EngineCounter.SENT;
import static dev.muster.engine.RunningFleet.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.broker.BrokerProcess;
import dev.muster.engine.EnginesProcess.Books;
import dev.muster.testing.Obedient;
import dev.muster.testing.TwoHosts;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Engines and a real broker in another process, which is killed, overrun, and cut off: every heartbeat is in the books. */
class LostBrokerTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldComeBackToABrokerThatWasKilledWithEveryHeartbeatInTheBooks() throws Exception {
        var first = BrokerProcess.start("--broker-heartbeat=1s");
        var engines =
                RunningFleet.start(vertx, TestOptions.of(300, first.port()).retry("forever"));
        eventually().until(() -> engines.count(ACKNOWLEDGED) >= 1_500);

        first.kill();
        eventually().until(() -> engines.count(LOST) == 300);
        long sentBefore = engines.count(SENT);
        long acknowledgedBefore = engines.count(ACKNOWLEDGED);
        assertThat(sentBefore).isEqualTo(acknowledgedBefore + engines.count(HEARTBEATS_LOST));

        try (var second = BrokerProcess.start("--broker-heartbeat=1s", "--broker-port=" + first.port())) {
            eventually().until(() -> engines.live() == 300 && engines.count(SENT) >= sentBefore + 1_500);
            engines.stop();

            assertThat(second.count("registered")).isEqualTo(300);
            assertThat(second.count("left")).isEqualTo(300);
            // Nothing is under way any more: what was sent to the second broker is received or, if it resumed, lost.
            assertThat(engines.count(SENT) - sentBefore)
                    .isEqualTo(second.count("heartbeats") + second.count("heartbeats_lost"))
                    .isEqualTo(engines.count(ACKNOWLEDGED) - acknowledgedBefore + second.count("heartbeats_lost"));
            assertThat(second.count("heartbeats_out_of_sequence") + second.count("heartbeats_duplicated"))
                    .isZero();
        }
    }

    @Test
    void shouldRegisterTenThousandEnginesThatConnectAtTheSameTime() throws Exception {
        try (var broker = BrokerProcess.start("--broker-heartbeat=2s")) {
            var options = TestOptions.of(10_000, broker.port()).heartbeat(Duration.ofSeconds(2));
            var engines = RunningFleet.start(vertx, options.timeout(Duration.ofSeconds(30)));

            eventually().until(() -> engines.live() == 10_000 && engines.count(SENT) >= 10_000);
            engines.stop();

            assertThat(broker.count("registered")).isEqualTo(10_000);
            assertThat(engines.count(LOST) + engines.count(EngineCounter.GAVE_UP))
                    .isZero();
            assertThat(engines.count(SENT)).isEqualTo(broker.count("heartbeats"));
        }
    }

    @Test
    void shouldTakeTheirPlacesBackFromHalfOpenConnectionsWhenTheCableIsPluggedInAgain() throws Exception {
        try (var hosts = TwoHosts.create();
                var broker = BrokerProcess.start(
                        TwoHosts.on(hosts.left()),
                        TwoHosts.LEFT_ADDRESS,
                        "--broker-heartbeat=1s",
                        "--broker-silent=3s");
                var engines = EnginesProcess.start(
                        TwoHosts.on(hosts.right()), TwoHosts.LEFT_ADDRESS + ":" + broker.port(), 20)) {
            eventually().until(() -> books(engines).acknowledged() >= 60);

            hosts.pull();

            // The broker can't know that they have gone: it holds their connections, and lists them as silent.
            eventually().untilAsserted(() -> assertThat(broker.ask("get /stats"))
                    .startsWith("BROKER: active tcp connections: 20 (registered engines : 20); 20 silent for"
                            + " longer than 3 s: e-"));
            assertThat(broker.ask("first-line-after MUSTER:2:NewEngine:e-7:0")).isEqualTo("FAILLED:Duplicate Engine");

            hosts.plugIn();

            eventually()
                    .until(() -> books(engines).live() == 20 && books(engines).resumed() >= 20);
            long then = books(engines).acknowledged();
            eventually().until(() -> books(engines).acknowledged() >= then + 60);
            var sent = Books.of(engines.ask("stop"));
            assertThat(sent.sent()).isEqualTo(sent.acknowledged() + sent.lost());
            eventually().until(() -> broker.count("left") == 20);
            assertThat(broker.count("resumed")).isGreaterThanOrEqualTo(20);
            // With a period of 1 s and a silence of more than 3 s.
            assertThat(broker.count("heartbeats_missed")).isBetween(2L * 20, 60L * 20);
            assertThat(broker.count("heartbeats") + broker.count("heartbeats_lost"))
                    .isEqualTo(sent.sent());
            assertThat(broker.ask("get /stats"))
                    .isEqualTo("BROKER: active tcp connections: 0 (registered engines : 0)");
        }
    }

    private static Books books(Obedient engines) throws InterruptedException {
        return Books.of(engines.ask("books"));
    }
}

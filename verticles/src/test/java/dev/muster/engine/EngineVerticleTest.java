package dev.muster.engine;

import static dev.muster.engine.RunningFleet.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Command;
import dev.muster.bus.Command.Action;
import dev.muster.bus.Credential;
import dev.muster.bus.Failure;
import dev.muster.bus.Told;
import dev.muster.node.CountersOf;
import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.testing.TestNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the engines of a process do when commands come over the bus. */
class EngineVerticleTest {
    private final Vertx vertx = Vertx.vertx();
    private final Node node = TestNode.of(new Identity("i", "1", "b", "engine"), new Credential("secret"), 2);

    @BeforeEach
    void open() {
        BusCodecs.register(vertx.eventBus());
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private void deploy(EngineOptions options) throws Exception {
        for (var deployment : Engine.deployments(options, node)) {
            vertx.deployVerticle(deployment.verticle(), new DeploymentOptions().setInstances(deployment.instances()))
                    .await(10, TimeUnit.SECONDS);
        }
    }

    private void command(Credential credential, Action action) throws Exception {
        vertx.eventBus()
                .request(Addresses.command("engine"), new Command(credential, action, Map.of()))
                .await(10, TimeUnit.SECONDS);
    }

    private Told tell(Action action, Map<String, String> parameters) throws Exception {
        return vertx.eventBus()
                .<Told>request(Addresses.command("engine"), new Command(node.credential(), action, parameters))
                .await(10, TimeUnit.SECONDS)
                .body();
    }

    @Test
    void shouldEndAllOfThemWithTheCodeThatCameOverTheBus() throws Exception {
        var broker = ScriptedBroker.v2(vertx, ScriptedBroker::politely);
        deploy(TestOptions.of(3, broker.port()));
        eventually().until(() -> broker.count("HeartBeat:") > 3);

        assertThatThrownBy(() -> tell(Action.KILL, Map.of("code", "256")))
                .isInstanceOfSatisfying(
                        ReplyException.class, e -> assertThat(Failure.of(e)).isEqualTo(Failure.BAD_REQUEST));
        var told = tell(Action.KILL, Map.of("code", "7"));

        assertThat(told).isEqualTo(new Told("KILL:7", 3, 3, 0));
        var ended = node.ending().asked().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(ended.code()).isEqualTo(7);
        assertThat(broker.count("BYE")).isEqualTo(3);
    }

    @Test
    void shouldEndThoseThatAreHeldToo() throws Exception {
        var broker = ScriptedBroker.v2(vertx, ScriptedBroker::politely);
        deploy(TestOptions.of(3, broker.port()).held());

        tell(Action.KILL, Map.of());

        var ended = node.ending().asked().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(ended.code()).isZero();
    }

    @Test
    void shouldBurnForEachOfThemAndGoOnWithHeartbeats() throws Exception {
        var broker = ScriptedBroker.v2(vertx, ScriptedBroker::politely);
        deploy(TestOptions.of(2, broker.port()));
        eventually().until(() -> broker.count("HeartBeat:") > 2);

        assertThat(tell(Action.DO_WORK, Map.of("time", "5"))).isEqualTo(new Told("DOWORK:5", 2, 2, 0));

        eventually().until(() -> count(EngineCounter.WORK_DONE) == 2);
        long before = broker.count("HeartBeat:");
        eventually().until(() -> broker.count("HeartBeat:") > before + 2);
        assertThat(broker.count("DONE")).as("the broker did not order it").isZero();
    }

    @Test
    void shouldTellHowManyStillDoIt() throws Exception {
        var broker = ScriptedBroker.v2(vertx, (engine, message) -> {
            ScriptedBroker.politely(engine, message);
            if (message.startsWith("HeartBeat:e-0:1:")) {
                engine.write("KILL:0:1\n");
            }
        });
        deploy(TestOptions.of(3, broker.port()));
        eventually().until(() -> count(EngineCounter.KILLED) == 1);

        assertThat(tell(Action.DO_WORK, Map.of("time", "0")).engines()).isEqualTo(2);
        // 16 for each engine may wait; the first of these hold the processors.
        for (int i = 0; i < 24; i++) {
            tell(Action.DO_WORK, Map.of("time", "600000"));
        }
        assertThat(tell(Action.DO_WORK, Map.of("time", "600000"))).isEqualTo(new Told("DOWORK:600000", 0, 0, 0));
        assertThat(tell(Action.KILL, Map.of())).isEqualTo(new Told("KILL:0", 2, 2, 0));
        assertThat(tell(Action.KILL, Map.of())).isEqualTo(new Told("KILL:0", 0, 0, 0));
    }

    private long count(EngineCounter counter) {
        return CountersOf.process(node.telemetry()).getOrDefault(counter.id(), 0L);
    }

    private static void pass(Duration time) {
        eventually().pollDelay(time).until(() -> true);
    }

    @Test
    void shouldHoldAllOfThemUntilTheCommandToStart() throws Exception {
        var broker = ScriptedBroker.v2(vertx, ScriptedBroker::politely);
        deploy(TestOptions.of(2_000, broker.port()).held());

        pass(Duration.ofMillis(300));
        assertThat(broker.sockets).isEmpty();
        command(node.credential(), Action.START);

        eventually().until(() -> broker.count("MUSTER:2:NewEngine:") == 2_000);
        eventually().until(() -> node.readiness().pending().isEmpty());
    }

    @Test
    void shouldKeepConnectionsAndSendNothingWhileItIsHeld() throws Exception {
        var broker = ScriptedBroker.v2(vertx, ScriptedBroker::politely);
        var admin = node.credential();
        deploy(TestOptions.of(2, broker.port()).ramp(Duration.ZERO));
        eventually().until(() -> broker.count("HeartBeat:") > 4);

        command(admin, Action.STOP);
        command(admin, Action.STOP);
        pass(Duration.ofMillis(50)); // what was sent arrives
        long held = broker.count("HeartBeat:");
        pass(Duration.ofMillis(500));
        assertThat(broker.count("HeartBeat:")).isEqualTo(held);
        command(admin, Action.START);
        command(admin, Action.START);

        eventually().until(() -> broker.count("HeartBeat:") > held + 4);
        assertThat(broker.sockets).hasSize(2);
        assertThat(broker.count("MUSTER:2:NewEngine:")).isEqualTo(2);
    }

    @Test
    void shouldObeyThoseWhoMayAlone() throws Exception {
        var broker = ScriptedBroker.v2(vertx, ScriptedBroker::politely);
        deploy(TestOptions.of(1, broker.port()).held());

        assertThatThrownBy(() -> command(Credential.NONE, Action.START))
                .isInstanceOfSatisfying(
                        ReplyException.class, e -> assertThat(Failure.of(e)).isEqualTo(Failure.FORBIDDEN));

        pass(Duration.ofMillis(200));
        assertThat(broker.sockets).isEmpty();
    }

    @Test
    void shouldSendOthersAheadThatHaveLeftWhenItHasStarted() throws Exception {
        var broker = ScriptedBroker.v2(vertx, ScriptedBroker::politely);

        deploy(TestOptions.of(1, broker.port()).held().warmUp(10));

        assertThat(broker.count("MUSTER:2:NewEngine:e-w-")).isEqualTo(10);
        assertThat(broker.heartbeats("e-w-0")).hasSizeGreaterThan(1);
        assertThat(broker.count("BYE")).isEqualTo(10);
        assertThat(broker.count("MUSTER:2:NewEngine:e:")).isZero();
        assertThat(CountersOf.process(node.telemetry()).values())
                .as("none of them counts")
                .containsOnly(0L);
        assertThat(CountersOf.samples(node.telemetry(), EngineMetric.HANDSHAKE).count())
                .isZero();
    }

    @Test
    void shouldStartAllTheSameWhenThereIsNoBrokerYet() throws Exception {
        var broker = ScriptedBroker.v2(vertx, ScriptedBroker::politely);
        broker.close();

        deploy(TestOptions.of(1, broker.port()).held().warmUp(2));

        assertThat(node.ending().asked()).isNotDone();
    }
}

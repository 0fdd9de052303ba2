package dev.muster.engine;

import static dev.muster.engine.RunningFleet.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.EngineOptions.Protocol;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An engine of protocol v1 and a broker like the original's, over real sockets. */
class FirstProtocolTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private RunningFleet engine(ScriptedBroker broker) {
        return RunningFleet.start(vertx, TestOptions.of(1, broker.port()).protocol(Protocol.V1));
    }

    @Test
    void shouldSpeakTheTextOfTheOriginal() throws Exception {
        var broker = ScriptedBroker.v1(vertx, (engine, text) -> {
            if (text.startsWith("NewEngine:")) {
                engine.write("SUCCESS:Registered");
            }
        });
        var engine = engine(broker);

        eventually().until(() -> String.join("", broker.heard)
                .startsWith("NewEngine:e:0HeartBeat:e:1HeartBeat:e:2HeartBeat:e:3"));
        assertThat(engine.live()).isEqualTo(1);
        assertThat(engine.count(EngineCounter.ACKNOWLEDGED)).isZero();
        engine.stop();
    }

    @Test
    void shouldObeyOrdersThatComeMerged() throws Exception {
        var broker = ScriptedBroker.v1(vertx, (engine, text) -> {
            if (text.startsWith("NewEngine:")) {
                engine.write("SUCCESS:RegisteredDOWORK:5DOWORK:0KILL:25");
            }
        });

        var engine = engine(broker);

        assertThat(engine.awaitEnd().code()).isEqualTo(25);
        assertThat(engine.count(EngineCounter.WORK_ORDERED)).isEqualTo(2);
        assertThat(engine.count(EngineCounter.MALFORMED)).isZero();
    }

    @Test
    void shouldGoOnCountingWhereItWasWhenItComesBack() throws Exception {
        var broker = ScriptedBroker.v1(vertx, (engine, text) -> {
            if (text.startsWith("NewEngine:")) {
                engine.write("SUCCESS:Registered");
            } else if (text.startsWith("HeartBeat:e:2")) {
                engine.close();
            }
        });

        var engine = engine(broker);

        eventually().until(() -> String.join("", broker.heard).contains("NewEngine:e:2HeartBeat:e:3"));
        engine.stop();
    }

    @Test
    void shouldTellWhyItWasRefused() throws Exception {
        var broker = ScriptedBroker.v1(vertx, (engine, text) -> engine.write("FAILLED:Duplicate Engine ID e"));

        var engine = engine(broker);

        assertThat(engine.awaitEnd().reason()).contains("Duplicate Engine ID");
    }
}

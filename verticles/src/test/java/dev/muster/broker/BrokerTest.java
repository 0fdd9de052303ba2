package dev.muster.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.broker.RunningBroker.Settings;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A broker as engines and users meet it: by real sockets. */
class BrokerTest {
    private RunningBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = RunningBroker.start(Settings.USUAL);
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    @ParameterizedTest
    @MethodSource("dev.muster.broker.Vector#all")
    @Tag("smoke")
    void shouldAnswerAsTheVectorsSay(Vector vector) throws Exception {
        try (var peer = broker.connect()) {
            for (var step : vector.steps()) {
                switch (step.kind()) {
                    case '>' -> peer.send(step.text() + vector.lineEnd());
                    case '<' ->
                        assertThat(peer.receive(length(step.text(), vector.lineEnd())))
                                .matches(step.text().replace("TOKEN", "[0-9a-f]{16}") + vector.lineEnd());
                    case '!' -> assertThat(peer.rest()).isEmpty();
                    default -> assertThat(step.kind()).isIn('=', '.'); // the answer is awaited, not the silence
                }
            }
        }
    }

    private static int length(String text, String lineEnd) {
        return text.replace("TOKEN", "0123456789abcdef").length() + lineEnd.length();
    }

    @Test
    void shouldCountEachHeartbeatOfAnEngineThatSendsByteByByte() throws Exception {
        try (var peer = broker.connect()) {
            for (var letter : "NewEngine:x:98HeartBeat:x:99HeartBeat:x:100HeartBeat:x:101".split("", -1)) {
                peer.send(letter);
            }

            await().untilAsserted(() -> assertThat(lastOf("x")).isEqualTo(101));
        }
    }

    @Test
    void shouldRefuseAnIdWhoseConnectionIsOpenAndFreeItAfterwards() throws Exception {
        var first = broker.connect().send("NewEngine:x:0");
        assertThat(first.receive(18)).isEqualTo("SUCCESS:Registered");

        assertThat(broker.connect().send("NewEngine:x:0").rest()).isEqualTo("FAILLED:Duplicate Engine ID x");
        assertThat(broker.connect()
                        .send("MUSTER:2:NewEngine:x:0:0123456789abcdef\n")
                        .rest())
                .isEqualTo("FAILLED:Duplicate Engine ID x\n");

        first.close();
        await().untilAsserted(() -> assertThat(broker.body("/engines")).endsWith(","));
        assertThat(broker.connect().send("MUSTER:2:NewEngine:x:7\n").line()).matches("SUCCESS:Registered:.{16}:7");
    }

    @Test
    void shouldLetTheTokenTakeOverAHalfOpenConnection() throws Exception {
        var old = broker.connect().send("MUSTER:2:NewEngine:x:0\n");
        var token = old.line().split(":", -1)[2];
        assertThat(old.send("HeartBeat:x:1:5:0\n").line()).isEqualTo("ACK:1:5");

        var resumed = broker.connect().send("MUSTER:2:NewEngine:x:3:" + token + "\n");

        assertThat(resumed.line()).isEqualTo("SUCCESS:Resumed:" + token + ":3");
        assertThat(resumed.send("HeartBeat:x:4:6:0\n").line()).isEqualTo("ACK:4:6");
        assertThat(old.rest()).isEmpty();
        assertThat(broker.body("/stats")).startsWith("BROKER: active tcp connections: 1 (registered engines : 1)");
    }

    @Test
    void shouldRefuseAHeartbeatThatIsNotTheNextAndCloseAfterTooManyErrors() throws Exception {
        try (var peer = broker.connect().send("MUSTER:2:NewEngine:x:0\n")) {
            peer.line();

            assertThat(peer.send("HeartBeat:x:2:5\n").line())
                    .isEqualTo("ERROR:HeartBeat 2 is not the last one plus 1, 1");
            assertThat(peer.send("HeartBeat:y:1:5\n").line()).startsWith("ERROR:Another engine");
            assertThat(peer.send("HeartBeat:x:1:5\n").line()).isEqualTo("ACK:1:5");
            peer.send("?\n".repeat(Conversation.MOST_ERRORS - 2));

            assertThat(peer.rest()).isEqualTo("ERROR:Malformed message\n".repeat(Conversation.MOST_ERRORS - 2));
        }
    }

    @Test
    void shouldTellEnginesAndSayHowManyConfirmed() throws Exception {
        var old = broker.connect().send("NewEngine:old:0");
        assertThat(old.receive(18)).isEqualTo("SUCCESS:Registered");
        var own = broker.connect().send("MUSTER:2:NewEngine:own:0\n");
        own.line();

        assertThat(broker.body("/dowork")).isEqualTo("Broker, sent to 2 engines 'DOWORK:50000'");
        assertThat(old.receive(12)).isEqualTo("DOWORK:50000");
        assertThat(own.line()).isEqualTo("DOWORK:50000:1");
        own.send("CONFIRM:1\nDONE:1:50000\n");

        var asked = new FutureTask<>(() -> broker.body("/kill?code=7&engine=own&wait=true"));
        new Thread(asked).start();
        assertThat(own.line()).isEqualTo("KILL:7:2");
        own.send("CONFIRM:2\nBYE\n");
        assertThat(asked.get())
                .isEqualTo("Broker, sent to 1 engines 'KILL:7', 1 confirmed, 0.000 ms from first to last");
        assertThat(own.rest()).isEqualTo("BYE\n");
    }

    @Test
    void shouldTakeTheReportOfWorkThatWasToldBeforeTheConnectionWasLost() throws Exception {
        var before = broker.connect().send("MUSTER:2:NewEngine:x:0\n");
        var token = before.line().split(":", -1)[2];
        broker.body("/dowork?time=5");
        assertThat(before.line()).isEqualTo("DOWORK:5:1");
        before.reset();

        try (var after = broker.connect().send("MUSTER:2:NewEngine:x:0:" + token + "\n")) {
            assertThat(after.line()).startsWith("SUCCESS:Resumed:");

            assertThat(after.send("DONE:1:5\nDONE:2:5\nHeartBeat:x:1:9\n").line())
                    .isEqualTo("ERROR:No such work was told");
            assertThat(after.line()).isEqualTo("ACK:1:9");
        }
    }

    @Test
    void shouldTellTheShareThatWasAskedFor() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(broker.connect().send("NewEngine:x" + i + ":0").receive(18))
                    .startsWith("SUCCESS");
        }

        assertThat(broker.body("/dowork?time=1&share=10%25")).isEqualTo("Broker, sent to 2 engines 'DOWORK:1'");
        assertThat(broker.body("/kill?share=100")).isEqualTo("Broker, sent to 20 engines 'KILL:0'");
    }

    @Test
    void shouldRefuseWrongParametersAndForeignPages() throws Exception {
        assertThat(broker.get("/kill?code=256&share=0").statusCode()).isEqualTo(400);
        assertThat(broker.body("/kill?code=256&share=0&wait=x"))
                .contains("code must be", "share must be", "wait must be");
        assertThat(broker.body("/dowork?time=-1")).contains("time must be a whole number from 0 to 86400000");
        assertThat(broker.get("/dowork?engine=nobody").statusCode()).isEqualTo(404);
        assertThat(broker.get("/dowork", "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
    }

    @Test
    void shouldStreamTheTableAsCsvAndAsJson() throws Exception {
        for (int i = 0; i < 30; i++) {
            assertThat(broker.connect().send("NewEngine:x" + i + ":0").receive(18))
                    .startsWith("SUCCESS");
        }

        assertThat(broker.body("/engines").lines())
                .hasSize(31)
                .first()
                .isEqualTo("id,protocol,last,last_seen_time,address");
        assertThat(broker.body("/engines")).containsPattern("(?m)^x7,v1,0,20[^,]+Z,127.0.0.1:[0-9]+$");
        var json = broker.get("/engines", "Accept", "application/json").body();
        assertThat(new JsonArray(json)).hasSize(30);
    }

    @Test
    void shouldKeepAGoodEngineWholeBesideResetsAndGarbage() throws Exception {
        var random = new Random(5);
        try (var good = broker.connect().send("MUSTER:2:NewEngine:good:0\n")) {
            good.line();
            for (int i = 1; i <= 300; i++) {
                try (var bad = broker.connect()) {
                    bad.send("MUSTER:2:NewEngine:bad" + i + ":0\nHeartBeat:good:" + i + ":1\n" + garbage(random));
                    bad.reset();
                }

                assertThat(good.send("HeartBeat:good:" + i + ":" + i + "\n").line())
                        .isEqualTo("ACK:" + i + ":" + i);
            }
        }
        await().untilAsserted(() -> assertThat(broker.body("/stats")).startsWith("BROKER: active tcp connections: 0 "));
    }

    private static String garbage(Random random) {
        var text = new StringBuilder();
        random.ints(random.nextInt(2_000), 0, 256).forEach(b -> text.append((char) b));
        return text.toString();
    }

    private long lastOf(String id) throws IOException, InterruptedException {
        var row = broker.body("/engines")
                .lines()
                .filter(line -> line.startsWith(id + ","))
                .findFirst();
        return row.map(line -> Long.parseLong(line.split(",", -1)[2])).orElse(-1L);
    }

    @Test
    void shouldRefuseOneConnectionTooManyAndTakeTheNextWhenOneHasGone() throws Exception {
        try (var small = RunningBroker.start(new Settings(2, Duration.ofSeconds(30)))) {
            var held = new ArrayList<>(List.of(small.connect(), small.connect()));
            for (int i = 0; i < 2; i++) {
                assertThat(held.get(i).send("NewEngine:x" + i + ":0").receive(18))
                        .startsWith("SUCCESS");
            }

            assertThat(small.connect().rest()).isEqualTo("ERROR:Too many connections, the limit is 2\n");

            held.get(0).close();
            await().untilAsserted(() -> assertThat(
                            small.connect().send("NewEngine:y:0").receive(18))
                    .isEqualTo("SUCCESS:Registered"));
        }
    }

    @Test
    void shouldCloseAConnectionOnWhichNoEngineRegistersInTime() throws Exception {
        try (var hasty = RunningBroker.start(new Settings(10, Duration.ofSeconds(1)))) {
            var slow = hasty.connect().send("NewEng");

            assertThat(slow.rest()).isEqualTo("ERROR:No engine has registered in time\n");
        }
    }
}

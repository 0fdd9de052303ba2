package dev.muster.launcher.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.launcher.LauncherProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two brokers in processes of their own that share a bus. The last test kills one of them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrokersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern WELCOME = Pattern.compile("SUCCESS:(Registered|Resumed):([0-9a-f]{16}):(\\d+)");
    private static final List<LauncherProcess> BROKERS = new ArrayList<>();
    private static final List<Integer> PORTS = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        int cluster;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            cluster = free.getLocalPort();
        }
        for (int i = 0; i < 2; i++) {
            BROKERS.add(LauncherProcess.start(
                    i == 0 ? "--role=collector,broker" : "--role=broker",
                    "--broker-port=0",
                    "--broker-http-port=0",
                    "--broker-heartbeat=1s",
                    "--management-port=0",
                    "--cluster=tcp:127.0.0.1:" + cluster,
                    "--cluster-port=" + cluster));
            BROKERS.get(i).awaitEndpoint("management");
            var line = BROKERS.get(i).awaitLine("  broker  ").strip();
            PORTS.add(Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
        }
        BROKERS.get(0).awaitLine("event=broker.neighbour ");
        BROKERS.get(1).awaitLine("event=broker.neighbour ");
    }

    @AfterAll
    static void stop() {
        BROKERS.forEach(LauncherProcess::close);
    }

    /** An engine in the words of the protocol. */
    private static final class Engine implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader said;

        Engine(int broker) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), PORTS.get(broker));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            said = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        }

        Engine say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
            return this;
        }

        String hear() throws IOException {
            return String.valueOf(said.readLine());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static Engine engine(int broker, String introduction) throws IOException {
        return new Engine(broker).say("MUSTER:2:NewEngine:" + introduction + "\n");
    }

    @Test
    @Order(1)
    void shouldRefuseAnIdThatAnotherBrokerHasUntilItIsFree() throws Exception {
        try (var here = engine(0, "one:0")) {
            assertThat(here.hear()).matches(WELCOME);
            try (var there = engine(1, "one:0")) {
                assertThat(there.hear()).isEqualTo("FAILLED:Duplicate Engine ID one");
                assertThat(there.hear()).isEqualTo("null");
            }
            try (var first = new Engine(1).say("NewEngine:one:0")) {
                assertThat(first.hear()).isEqualTo("FAILLED:Duplicate Engine ID one");
            }
            here.say("BYE\n");
            assertThat(here.hear()).isEqualTo("BYE");
        }
        try (var there = engine(1, "one:0")) {
            assertThat(there.hear()).matches(WELCOME);
        }
    }

    @Test
    @Order(2)
    void shouldReadWhatCameWithARegistrationThatOtherBrokersWereAskedFor() throws Exception {
        try (var engine = engine(1, "hasty:41\nHeartBeat:hasty:42:7\nHeartBeat:hasty:43:8")) {
            assertThat(engine.hear()).matches(WELCOME);
            assertThat(engine.hear()).isEqualTo("ACK:42:7");
            assertThat(engine.hear()).isEqualTo("ACK:43:8");
        }
        try (var engine = new Engine(0).say("NewEngine:hasty1:41HeartBeat:hasty1:42HeartBeat:hasty1:43")) {
            var answer = new char["SUCCESS:Registered".length()];
            assertThat(engine.said.read(answer)).isEqualTo(answer.length);
            assertThat(new String(answer)).isEqualTo("SUCCESS:Registered");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(engines(0)).contains("hasty1,v1,43,"));
        }
    }

    @Test
    @Order(3)
    void shouldMoveAnEngineThatShowsItsTokenAndCountWhatWasLostOnTheWay() throws Exception {
        try (var here = engine(0, "mover:0")) {
            var welcome = WELCOME.matcher(here.hear());
            assertThat(welcome.matches()).isTrue();
            here.say("HeartBeat:mover:1:5\n");
            assertThat(here.hear()).isEqualTo("ACK:1:5");
            await("it misses one").pollDelay(Duration.ofMillis(2_100)).until(() -> true);

            try (var there = engine(1, "mover:3:" + welcome.group(2))) {
                assertThat(there.hear()).isEqualTo("SUCCESS:Resumed:" + welcome.group(2) + ":3");
                assertThat(here.hear()).as("its old connection ends").isEqualTo("null");
                assertThat(engines(1)).contains("mover,v2,3,");
                assertThat(engines(0)).doesNotContain("mover");
                assertThat(BROKERS.get(1).get("management", "/metrics").body())
                        .contains("muster_broker_heartbeats_lost_total 2");
                assertThat(BROKERS.get(0).get("management", "/metrics").body())
                        .containsPattern("muster_broker_heartbeats_missed_total [1-9]");
            }
        }
    }

    @Test
    @Order(4)
    void shouldGiveAnIdToExactlyOneOfThemWhenBothAreAskedAtOnce() throws Exception {
        var here = new ArrayList<Engine>();
        var there = new ArrayList<Engine>();
        int ids = 300;
        for (int i = 0; i < ids; i++) {
            here.add(new Engine(0));
            there.add(new Engine(1));
        }
        for (int i = 0; i < ids; i++) {
            // Neither of them is always the first.
            (i % 2 == 0 ? here : there).get(i).say("MUSTER:2:NewEngine:both-" + i + ":0\n");
            (i % 2 == 0 ? there : here).get(i).say("MUSTER:2:NewEngine:both-" + i + ":0\n");
        }

        for (int i = 0; i < ids; i++) {
            var answers = List.of(here.get(i).hear(), there.get(i).hear());
            assertThat(answers)
                    .as("both-" + i)
                    .filteredOn(each -> WELCOME.matcher(each).matches())
                    .hasSize(1);
            assertThat(answers).as("both-" + i).contains("FAILLED:Duplicate Engine ID both-" + i);
        }
        await("totals of all").atMost(PATIENCE).untilAsserted(() -> {
            for (var broker : BROKERS) {
                assertThat(broker.get("broker-http", "/stats").body()).contains("; all 2 brokers: " + ids + " (");
            }
        });
        for (int i = 0; i < ids; i++) {
            here.get(i).close();
            there.get(i).close();
        }
    }

    @Test
    @Order(5)
    void shouldTakeThousandsThatConnectAtOnce() throws Exception {
        try (var engines = LauncherProcess.start(
                "--role=engine",
                "--engine-count=4000",
                "--engine-ramp=0",
                "--engine-id=crowd",
                "--engine-broker=127.0.0.1:" + PORTS.get(1),
                "--management-port=0")) {
            engines.awaitLine("event=engine.all_registered");

            assertThat(engines.get("management", "/metrics").body())
                    .contains("muster_engine_refused_total 0", "muster_engine_connections_lost_total 0");
        }
    }

    @Test
    @Order(6)
    void shouldForgetABrokerThatHasDied() throws Exception {
        try (var here = engine(0, "orphan:0")) {
            assertThat(here.hear()).matches(WELCOME);

            BROKERS.get(0).kill().awaitExit();

            await("its engines are free").atMost(PATIENCE).untilAsserted(() -> {
                try (var there = engine(1, "orphan:0")) {
                    assertThat(there.hear()).matches(WELCOME);
                }
            });
            assertThat(BROKERS.get(1).get("broker-http", "/stats").body()).doesNotContain("brokers");
        }
    }

    private static String engines(int broker) throws Exception {
        return BROKERS.get(broker).get("broker-http", "/engines").body();
    }
}

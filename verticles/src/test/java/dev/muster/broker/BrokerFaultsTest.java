package dev.muster.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.broker.RunningBroker.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong on the network and with files, by real sockets: one good engine beside it loses nothing. */
class BrokerFaultsTest {
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private <T extends AutoCloseable> T opened(T each) {
        opened.add(each);
        return each;
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(40));
    }

    /** An engine whose every heartbeat is acknowledged, or the test fails. */
    private static final class GoodEngine {
        private final Peer peer;
        private long number;

        private GoodEngine(Peer peer) throws IOException {
            this.peer = peer;
            assertThat(peer.send("MUSTER:2:NewEngine:good:0\n").line()).startsWith("SUCCESS:Registered:");
        }

        private void beat() throws IOException {
            number++;
            assertThat(peer.send("HeartBeat:good:" + number + ":" + number + ":0\n")
                            .line())
                    .isEqualTo("ACK:" + number + ":" + number);
        }
    }

    private static List<String> withFiles(int files) {
        return List.of("sh", "-c", "ulimit -n " + files + "; exec \"$@\"", "sh");
    }

    @Test
    void shouldTellWhomItHasNoFileForAndTakeTheNextWhenOneIsFree() throws Exception {
        var broker = opened(BrokerProcess.start(withFiles(256), "127.0.0.1", "--broker-max-connections=10000"));
        assertThat(broker.child().log()).contains("event=broker.limited", "wanted=10000", "ulimit -n");
        var good = new GoodEngine(opened(new Peer(broker.port())));

        var held = new ArrayList<Peer>();
        var refused = "";
        while (refused.isEmpty()) {
            var peer = opened(new Peer(broker.port())).send("MUSTER:2:NewEngine:e" + held.size() + ":0\n");
            var answer = peer.line();
            if (answer.startsWith("SUCCESS:")) {
                held.add(peer);
            } else {
                refused = answer;
            }
            good.beat();
        }
        for (int i = 0; i < 500; i++) {
            assertThat(opened(new Peer(broker.port())).rest()).isEqualTo(refused + "\n");
        }
        good.beat();

        assertThat(held).hasSizeBetween(30, 255);
        assertThat(refused).isEqualTo("ERROR:Too many connections, the limit is " + (held.size() + 1));
        for (int i = 0; i < held.size(); i++) {
            assertThat(held.get(i).send("HeartBeat:e" + i + ":1:7\n").line()).isEqualTo("ACK:1:7");
        }
        eventually().until(() -> broker.child().log().contains("event=broker.refused"));
        held.get(0).close();
        eventually().untilAsserted(() -> assertThat(new Peer(broker.port())
                        .send("MUSTER:2:NewEngine:late:0\n")
                        .line())
                .startsWith("SUCCESS:"));
    }

    @Test
    void shouldGoOnWhenItsFilesAreUsedUpAndAcceptWhenSomeAreFreeAgain() throws Exception {
        var broker = opened(BrokerProcess.start(withFiles(1_000), "127.0.0.1"));
        var good = new GoodEngine(opened(new Peer(broker.port())));
        broker.ask("use-up-files 3");

        var waiting = new ArrayList<Peer>();
        for (int i = 0; i < 20; i++) {
            waiting.add(opened(new Peer(broker.port())).send("MUSTER:2:NewEngine:e" + i + ":0\n"));
            good.beat();
        }
        eventually().until(() -> broker.child().log().contains("event=broker.accept_failed"));
        good.beat();
        broker.ask("free-files");

        for (var peer : waiting) {
            assertThat(peer.line()).startsWith("SUCCESS:Registered:");
        }
        good.beat();
    }

    @Test
    void shouldCloseThousandsOfSlowConnectionsInTimeBesideAGoodEngine() throws Exception {
        var broker = opened(RunningBroker.start(new Settings(4_000, Duration.ofSeconds(2))));
        var good = new GoodEngine(opened(broker.connect()));
        var slow = new ArrayList<Peer>();
        for (int i = 0; i < 3_000; i++) {
            slow.add(opened(broker.connect()));
        }

        // One byte of a registration each, again and again, which is never complete.
        for (int round = 0; !slow.isEmpty(); round++) {
            assertThat(round).as("rounds until all are closed").isLessThan(1_000);
            for (Iterator<Peer> all = slow.iterator(); all.hasNext(); ) {
                var peer = all.next();
                try {
                    peer.send(String.valueOf("MUSTER:2:NewEngine:".charAt(Math.min(round, 18))));
                } catch (IOException closed) {
                    all.remove();
                }
            }
            good.beat();
        }

        eventually().until(() -> broker.count("handshake_timeouts") == 3_000);
        assertThat(broker.body("/stats")).startsWith("BROKER: active tcp connections: 1 ");
    }

    @Test
    void shouldTakeAStormOfResets() throws Exception {
        var broker = opened(RunningBroker.start(new Settings(10_000, Duration.ofSeconds(30))));
        var good = new GoodEngine(opened(broker.connect()));

        for (int storm = 0; storm < 10; storm++) {
            var peers = new ArrayList<Peer>();
            for (int i = 0; i < 500; i++) {
                peers.add(broker.connect().send("MUSTER:2:NewEngine:e" + i + ":0\nHeartBeat:e" + i + ":1:1\n"));
            }
            for (var peer : peers) {
                peer.reset();
            }
            good.beat();
        }

        eventually().untilAsserted(() -> assertThat(broker.body("/stats"))
                .startsWith("BROKER: active tcp connections: 1 (registered engines : 501)"));
        assertThat(broker.count("heartbeats_out_of_sequence")).isZero();
    }

    @Test
    void shouldReadNothingMoreOfAnEngineThatReadsNothing() throws Exception {
        var broker = opened(RunningBroker.start(Settings.USUAL));
        var good = new GoodEngine(opened(broker.connect()));
        var deaf = opened(broker.connect()).send("MUSTER:2:NewEngine:deaf:0\n");
        var written = new AtomicLong();
        var writer = new Thread(() -> {
            try {
                for (long i = 1; ; i++) {
                    deaf.send("HeartBeat:deaf:" + i + ":1\n");
                    written.set(i);
                }
            } catch (IOException closed) {
                // the end of the test
            }
        });
        writer.start();

        // The buffers of the kernel are full, and what waits in the broker is bounded.
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            long before = written.get();
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            return before > 1_000 && written.get() == before;
        });
        good.beat();
        long taken = broker.count("heartbeats");
        good.beat();
        assertThat(broker.count("heartbeats")).isEqualTo(taken + 1);
        deaf.reset();
        writer.join();
        good.beat();
    }

    @Test
    void shouldForgetAnEngineThatIsSilentForTooLongAndCloseItsConnection() throws Exception {
        var broker = opened(BrokerProcess.start("--broker-silent=1s", "--broker-forget=2s", "--broker-heartbeat=1s"));
        var silent = opened(new Peer(broker.port())).send("MUSTER:2:NewEngine:silent:0\n");
        silent.line();
        eventually().untilAsserted(() -> assertThat(broker.ask("get /stats"))
                .endsWith("; 1 silent for longer than 1 s: silent"));

        assertThat(silent.rest()).isEmpty();

        eventually().untilAsserted(() -> assertThat(broker.ask("get /stats"))
                .isEqualTo("BROKER: active tcp connections: 0 (registered engines : 0)"));
        assertThat(broker.count("forgotten")).isEqualTo(1);
        assertThat(broker.count("connections_lost")).isEqualTo(1);
        assertThat(opened(new Peer(broker.port()))
                        .send("MUSTER:2:NewEngine:silent:0\n")
                        .line())
                .startsWith("SUCCESS:Registered:");
    }

    @Test
    void shouldCloseAConnectionThatIsOverThoughItsPeerReadsNothing() throws Exception {
        var broker = opened(RunningBroker.start(Settings.USUAL));
        var deaf = opened(broker.connect()).send("MUSTER:2:NewEngine:deaf:0\n");
        var token = deaf.line().split(":", -1)[2];
        var writer = new Thread(() -> {
            try {
                for (long i = 1; ; i++) {
                    deaf.send("HeartBeat:deaf:" + i + ":1\n");
                }
            } catch (IOException closed) {
                // as it should be
            }
        });
        writer.start();
        eventually().until(() -> {
            long before = broker.count("heartbeats");
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            return before > 1_000 && broker.count("heartbeats") == before;
        });

        var resumed = opened(broker.connect()).send("MUSTER:2:NewEngine:deaf:0:" + token + "\n");
        assertThat(resumed.line()).startsWith("SUCCESS:Resumed:");

        writer.join(Duration.ofSeconds(40).toMillis());
        assertThat(writer.isAlive()).isFalse();
        assertThat(broker.body("/stats")).startsWith("BROKER: active tcp connections: 1 ");
    }
}

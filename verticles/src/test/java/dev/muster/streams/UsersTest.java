package dev.muster.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpMethod;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Users against a store that does as it is told to, on real sockets. */
class UsersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init") // before each test
    private ScriptedStore store;

    @BeforeEach
    void start() throws Exception {
        store = new ScriptedStore();
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
    }

    @Test
    @Tag("smoke")
    void shouldDoTheTwentyOneRequestsOfEachIteration() throws Exception {
        try (var users = new RunningUsers(RunningUsers.setup(store.url(), 3, 0, 5_000))) {
            users.begin();
            await().atMost(PATIENCE).until(() -> users.count(StreamsCounter.ITERATIONS) > 20);
            users.end();
            users.readBack();

            long iterations = users.count(StreamsCounter.ITERATIONS);
            assertThat(users.count(StreamsCounter.REQUESTS)).isEqualTo(21 * iterations);
            assertThat(users.count(StreamsCounter.CHECKS_PASSED)).isEqualTo(21 * iterations);
            assertThat(users.count(StreamsCounter.IS_STATUS_201_PASSED)).isEqualTo(10 * iterations);
            assertThat(users.count(StreamsCounter.IS_STATUS_200_PASSED)).isEqualTo(11 * iterations);
            assertThat(users.count(StreamsCounter.CHECKS_FAILED)).isZero();
            assertThat(users.duration(Kind.APPEND).count()).isEqualTo(10 * iterations);
            assertThat(users.duration(Kind.READ_STREAM).count()).isEqualTo(iterations);
            assertThat(users.duration(Kind.READ_EVENT).count()).isEqualTo(10 * iterations);
            assertThat(store.streams())
                    .hasSize((int) iterations)
                    .allSatisfy((stream, ids) -> assertThat(ids).hasSize(10).doesNotHaveDuplicates());
            assertThat(users.count(StreamsCounter.ACKNOWLEDGED)).isEqualTo(10 * iterations);
            assertThat(users.count(StreamsCounter.READ_BACK)).isEqualTo(10 * iterations);
            assertThat(users.count(StreamsCounter.LOST)).isZero();
            assertThat(users.count(StreamsCounter.DUPLICATED)).isZero();
        }
    }

    @Test
    void shouldFindEveryAcknowledgedEventThatIsLostOrDoubled() throws Exception {
        try (var users = new RunningUsers(RunningUsers.setup(store.url(), 2, 0, 5_000))) {
            users.begin();
            await().atMost(PATIENCE).until(() -> users.count(StreamsCounter.ITERATIONS) > 5);
            users.end();
            var streams = List.copyOf(store.streams().values());
            streams.get(0).remove(3);
            streams.get(1).add(streams.get(1).get(7));
            store.streams()
                    .remove(store.streams().keySet().stream()
                            .filter(name -> store.streams().get(name) == streams.get(2))
                            .findFirst()
                            .orElseThrow());

            users.readBack();

            assertThat(users.count(StreamsCounter.LOST)).isEqualTo(11);
            assertThat(users.count(StreamsCounter.DUPLICATED)).isEqualTo(1);
        }
    }

    @Test
    void shouldWaitOnceForAStoreThatHasGoneHoweverMuchIsToBeReadBack() throws Exception {
        try (var users = new RunningUsers(RunningUsers.setup(store.url(), 2, 0, 100))) {
            users.begin();
            await().atMost(PATIENCE).until(() -> users.count(StreamsCounter.ITERATIONS) > 200);
            users.end();
            store.trick(request -> true);
            int before = store.requests();

            users.readBack(500);

            assertThat(users.count(StreamsCounter.READ_BACK)).isEqualTo(users.count(StreamsCounter.ACKNOWLEDGED));
            assertThat(users.count(StreamsCounter.LOST)).isEqualTo(users.count(StreamsCounter.ACKNOWLEDGED));
            assertThat(store.requests() - before)
                    .as("a few for each of two readers, not one for each stream")
                    .isBetween(2, 50);
        }
    }

    @Test
    void shouldCountEveryFailureByItsKindAndGoOn() throws Exception {
        var asked = new AtomicInteger();
        store.trick(request -> switch (asked.incrementAndGet() % 50) {
            case 10 -> {
                request.response().setStatusCode(500).end("no");
                yield true;
            }
            case 20 -> {
                request.response().putHeader("Content-Length", "1000").write("half");
                request.connection().close();
                yield true;
            }
            case 30 -> true; // never answered
            case 40 -> {
                request.connection().close();
                yield true;
            }
            default -> false;
        });
        try (var users = new RunningUsers(RunningUsers.setup(store.url(), 4, 0, 300))) {
            users.begin();
            await().atMost(PATIENCE).until(() -> users.count(StreamsCounter.ITERATIONS) > 40);
            users.end();
            store.trick(request -> false);
            users.readBack();

            var kinds = List.of(
                    StreamsCounter.WRONG_STATUS,
                    StreamsCounter.TRUNCATED,
                    StreamsCounter.TIMED_OUT,
                    StreamsCounter.BROKEN);
            assertThat(kinds).allSatisfy(kind -> assertThat(users.count(kind)).isPositive());
            long failed = kinds.stream().mapToLong(users::count).sum();
            assertThat(users.count(StreamsCounter.CHECKS_FAILED)).isEqualTo(failed);
            assertThat(users.count(StreamsCounter.IS_STATUS_201_FAILED)
                            + users.count(StreamsCounter.IS_STATUS_200_FAILED))
                    .isEqualTo(failed);
            assertThat(users.count(StreamsCounter.CHECKS_PASSED) + failed)
                    .isEqualTo(users.count(StreamsCounter.REQUESTS))
                    .isEqualTo(21 * users.count(StreamsCounter.ITERATIONS));
            assertThat(users.count(StreamsCounter.LOST)).isZero();
        }
    }

    @Test
    void shouldCountConnectionsThatAreRefused() throws Exception {
        int nobody;
        try (var socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        try (var users = new RunningUsers(RunningUsers.setup("http://127.0.0.1:" + nobody, 2, 0, 300))) {
            users.begin();
            await().atMost(PATIENCE).until(() -> users.count(StreamsCounter.ITERATIONS) > 0);
            users.giveUp();
            users.end();

            assertThat(users.count(StreamsCounter.REFUSED))
                    .isGreaterThanOrEqualTo(21)
                    .isEqualTo(users.count(StreamsCounter.CHECKS_FAILED));
            assertThat(users.count(StreamsCounter.SENT)).isZero();
        }
    }

    /** Three iterations are due at once and one user is there: the third one's latency holds the other two. */
    @Test
    void shouldCountTheLatencyOfAnOpenLoopFromTheIntendedStart() throws Exception {
        int slow = 5;
        try (var users = new RunningUsers(RunningUsers.setup(store.url(), 1, 10, 5_000))) {
            store.trick(request -> {
                users.vertx().setTimer(slow, timer -> request.response()
                        .setStatusCode(request.method().equals(HttpMethod.POST) ? 201 : 200)
                        .end());
                return true;
            });
            users.begin();

            users.arrive(3);
            users.end();

            var latency = users.latency();
            assertThat(latency.count()).isEqualTo(3);
            assertThat(latency.max()).isGreaterThan(3.0 * 21 * TimeUnit.MILLISECONDS.toNanos(slow - 1));
            assertThat(users.count(StreamsCounter.UNSENT)).isZero();
        }
    }

    @Test
    void shouldTellHowManyIterationsNeverBegan() throws Exception {
        store.trick(request -> true);
        try (var users = new RunningUsers(RunningUsers.setup(store.url(), 2, 10, 60_000))) {
            users.begin();
            users.arrive(7);
            await().atMost(PATIENCE).until(() -> store.requests() == 2);

            users.giveUp();
            users.end();

            assertThat(users.count(StreamsCounter.UNSENT)).isEqualTo(5);
            assertThat(users.count(StreamsCounter.INTERRUPTED))
                    .as("those under way")
                    .isEqualTo(2);
            assertThat(users.count(StreamsCounter.ITERATIONS)).isZero();
        }
    }

    @Test
    void shouldSayInOneLineWhatAnswersThatIsNoEventStore() throws Exception {
        try (var users = new RunningUsers(RunningUsers.setup(store.url(), 1, 0, 1_000))) {
            probe(users);

            store.trick(request -> {
                request.response()
                        .setStatusCode(404)
                        .putHeader("Server", "nginx")
                        .end("<html>");
                return true;
            });
            assertThatThrownBy(() -> probe(users))
                    .isInstanceOf(Probe.NoStoreException.class)
                    .hasMessage(store.url() + " is no event store with AtomPub: to an append it answered"
                            + " 'HTTP/1.1 404 Not Found, Server: nginx'");
            store.trick(request -> {
                request.response().setStatusCode(401).end();
                return true;
            });
            assertThatThrownBy(() -> probe(users)).hasMessageEndingWith("give --streams-user and --streams-password");
            store.trick(request -> {
                request.response().setStatusCode(201).end();
                return true;
            });
            assertThatThrownBy(() -> probe(users)).hasMessageContaining("201");
        }
    }

    private void probe(RunningUsers users) throws Exception {
        var setup = RunningUsers.setup(store.url(), 1, 0, 1_000);
        users.tell(all -> new Probe(setup, users.vertx().createNetClient()).run());
    }

    @Test
    void shouldShareTheUsersOfSeveralPodsWithoutARest() {
        for (int pods = 1; pods <= 5; pods++) {
            int all = 0;
            double rate = 0;
            for (int pod = 0; pod < pods; pod++) {
                var setup = Setup.of(
                        TestOptions.of("--streams-users=13", "--streams-rate=26", "--streams-pods=" + pods),
                        java.util.Map.of("POD_NAME", "streams-" + pod));
                all += setup.users();
                rate += setup.rate();
            }
            assertThat(all).isEqualTo(13);
            assertThat(rate).isCloseTo(26, org.assertj.core.data.Offset.offset(1e-9));
        }
    }

    @Test
    void shouldNameEventsAfterTheirStream() {
        var stream = StreamId.random(new java.util.SplittableRandom(1));
        var ids = IntStream.range(0, 100)
                .mapToObj(stream::event)
                .map(StreamId::toString)
                .toList();

        assertThat(ids).doesNotHaveDuplicates().doesNotContain(stream.toString());
        assertThat(ids.stream().map(stream::number))
                .isEqualTo(IntStream.range(0, 100).boxed().toList());
        assertThat(List.of(
                        stream.toString(),
                        "no UUID",
                        StreamId.random(new java.util.SplittableRandom(2))
                                .event(1)
                                .toString()))
                .allMatch(foreign -> stream.number(foreign) == -1);
        assertThat(java.util.UUID.fromString(stream.toString()).version()).isEqualTo(4);
        var text = new byte[StreamId.LENGTH];
        stream.write(text, 0);
        assertThat(new String(text, java.nio.charset.StandardCharsets.US_ASCII)).isEqualTo(stream.toString());
    }
}

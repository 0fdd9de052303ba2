package dev.muster.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.muster.testing.ScriptedServer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real API server does not do on demand. */
class OutcomeTest {
    private static final ApiRequest CREATE = ApiRequest.create("/maps", Buffer.buffer("{}"));
    private static final long REFUSED_STREAM = 7;
    private static final long INTERNAL_ERROR = 2;

    private final AtomicInteger requests = new AtomicInteger();

    @TempDir
    private Path folder;

    @Test
    void shouldKnowThatARefusedStreamWasNotLookedAt() throws Exception {
        assertThat(outcome(request -> request.response().reset(REFUSED_STREAM))).isInstanceOf(Outcome.NotSent.class);
        assertThat(requests).hasValue(1);
    }

    @Test
    void shouldNotKnowWhatBecameOfAResetStreamAndNotSendItAgain() throws Exception {
        assertThat(outcome(request -> request.response().reset(INTERNAL_ERROR))).isInstanceOf(Outcome.Unknown.class);
        assertThat(requests).hasValue(1);
    }

    @Test
    void shouldNotKnowWhatBecameOfARequestWhoseConnectionBrokeAndNotSendItAgain() throws Exception {
        assertThat(outcome(request -> request.connection().close())).isInstanceOf(Outcome.Unknown.class);
        assertThat(requests).hasValue(1);
    }

    @Test
    void shouldKnowThatItIsDoneWhenTheAnswersEndIsCutOff() throws Exception {
        assertThat(outcome(request -> request.response()
                        .setStatusCode(201)
                        .write("{\"kind\":")
                        .onSuccess(written -> request.connection().close())))
                .isEqualTo(new Outcome.Done(201));
    }

    @Test
    void shouldNotKnowWhatBecameOfARequestThatIsNotAnsweredInTime() throws Exception {
        assertThat(outcome(request -> {}))
                .asInstanceOf(type(Outcome.Unknown.class))
                .satisfies(unknown -> assertThat(unknown.cause()).isEqualTo("no answer within 5000 ms"));
    }

    @Test
    void shouldNotKnowWhetherTheStoreTookItWhenTheServerGaveUpWaiting() throws Exception {
        assertThat(outcome(request -> request.response()
                        .setStatusCode(504)
                        .end("{\"kind\":\"Status\",\"reason\":\"Timeout\",\"message\":\"took too long\"}")))
                .isEqualTo(new Outcome.Unknown("504 took too long"));
    }

    @Test
    void shouldTellWhenToComeBackAndThatItIsNoError() throws Exception {
        assertThat(outcome(request -> request.response()
                        .setStatusCode(429)
                        .putHeader("Retry-After", "3")
                        .end("{\"kind\":\"Status\",\"reason\":\"TooManyRequests\",\"message\":\"slow down\"}")))
                .isEqualTo(new Outcome.Refused(429, "TooManyRequests", "slow down", Optional.of(Duration.ofSeconds(3))))
                .asInstanceOf(type(Outcome.Refused.class))
                .returns(true, Outcome.Refused::throttled);
    }

    @Test
    void shouldTakeAnAnswerThatIsNoStatusAsItIs() throws Exception {
        assertThat(outcome(request -> request.response().setStatusCode(502).end("bad gateway")))
                .isEqualTo(new Outcome.Refused(502, "", "bad gateway", Optional.empty()));
    }

    @Test
    void shouldFinishWhatIsUnderWayOnAConnectionThatTheServerEndsPolitely() throws Exception {
        var third = new CountDownLatch(1);
        try (var server = new ScriptedServer(folder, request -> {
                    int number = requests.incrementAndGet();
                    if (number == 1) {
                        // All that was opened is done, and nothing more is to come on this connection.
                        request.connection().goAway(0, Integer.MAX_VALUE);
                        request.response().setStatusCode(201).end();
                    } else {
                        request.response().setStatusCode(201).end();
                        third.countDown();
                    }
                });
                var kube = new Kube(Kube.access(server.kubeconfig()), 1, Duration.ofSeconds(5))) {
            assertThat(kube.send(CREATE)).isEqualTo(new Outcome.Done(201));
            assertThat(kube.send(CREATE)).isEqualTo(new Outcome.Done(201));

            assertThat(third.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(kube.events).isEqualTo(List.of(LinkEvent.CONNECTED, LinkEvent.LOST, LinkEvent.RECONNECTED));
        }
    }

    @Test
    void shouldKnowThatStreamsBeyondTheLastOneOfAGoAwayWereNotLookedAt() throws Exception {
        try (var server = new ScriptedServer(folder, request -> {
                    if (requests.incrementAndGet() == 2) {
                        request.connection().goAway(0, request.streamId() - 2);
                        request.connection().close();
                    }
                });
                var kube = new Kube(Kube.access(server.kubeconfig()), 1, Duration.ofSeconds(5))) {
            var first = kube.begin(CREATE);
            var second = kube.begin(CREATE);

            Future.join(first, second).await(20, TimeUnit.SECONDS);

            assertThat(first.result()).isInstanceOf(Outcome.Unknown.class);
            assertThat(second.result()).isInstanceOf(Outcome.NotSent.class);
        }
    }

    @Test
    void shouldAskAgainWhatTheServerHasNotLookedAtAndNothingElse() throws Exception {
        try (var server = new ScriptedServer(folder, request -> {
                    switch (requests.incrementAndGet()) {
                        case 1 -> {
                            request.connection().goAway(0, request.streamId() - 1);
                            request.connection().close();
                        }
                        case 2 -> request.response().setStatusCode(201).end("{}");
                        default -> request.connection().close();
                    }
                });
                var kube = new Kube(Kube.access(server.kubeconfig()), 1, Duration.ofSeconds(5))) {
            assertThat(kube.ask(CREATE).status()).isEqualTo(201);
            assertThat(requests).hasValue(2);

            assertThatThrownBy(() -> kube.ask(CREATE)).isInstanceOf(Exception.class);
            assertThat(requests).hasValue(3);
        }
    }

    @Test
    void shouldSendAgainWithWhatOthersHaveRenewedWhileItWasUnderWay() throws Exception {
        var slow = new CompletableFuture<HttpServerRequest>();
        try (var server = new ScriptedServer(folder, request -> request.body().onSuccess(body -> {
            if (!"Bearer x".equals(request.getHeader("Authorization"))) {
                request.response().setStatusCode(201).end("{}");
            } else if (request.path().equals("/slow")) {
                slow.complete(request);
            } else {
                request.response().setStatusCode(401).end("{}");
            }
        }))) {
            var kubeconfig = server.kubeconfig();
            try (var kube = new Kube(Kube.access(kubeconfig), 1, Duration.ofSeconds(20))) {
                Files.writeString(kubeconfig, Files.readString(kubeconfig).replace("token: x", "token: fresh"));
                var late = kube.begin(ApiRequest.create("/slow", Buffer.buffer("{}")));
                var refused = slow.get(20, TimeUnit.SECONDS);
                assertThat(kube.send(CREATE)).isEqualTo(new Outcome.Done(201));

                refused.response().setStatusCode(401).end("{}");

                assertThat(late.await(20, TimeUnit.SECONDS)).isEqualTo(new Outcome.Done(201));
            }
        }
    }

    private Outcome outcome(Handler<HttpServerRequest> script) throws Exception {
        try (var server = new ScriptedServer(folder, request -> {
                    requests.incrementAndGet();
                    request.body().onSuccess(body -> script.handle(request));
                });
                var kube = new Kube(Kube.access(server.kubeconfig()), 1, Duration.ofSeconds(5))) {
            return kube.send(CREATE);
        }
    }
}

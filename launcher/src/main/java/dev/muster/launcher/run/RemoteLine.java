package dev.muster.launcher.run;

import dev.muster.bus.Addresses;
import dev.muster.bus.BlocksLoad;
import dev.muster.bus.Command;
import dev.muster.bus.Envelope;
import dev.muster.bus.Message;
import dev.muster.bus.StatsQuery;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.kubernetes.Tunnel;
import dev.muster.launcher.kubernetes.Workloads;
import dev.muster.measure.ClockOffset;
import dev.muster.measure.EpochClock;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus of a cluster, as a pod of a Deployment speaks on it for this process: through a port-forward to the pod's
 * management port. When the way breaks, another pod of the Deployment is found, and a question is asked once more; an order
 * is not.
 */
final class RemoteLine implements Bus.Line, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteLine.class);
    private static final Duration MORE = Duration.ofSeconds(5);
    /** The first ones are slow on a way that is new: both ends still compile it. */
    private static final int FEWEST_EXCHANGES = 8;

    private static final int MOST_EXCHANGES = 100;
    /** More exchanges are not worth their time when the clock is known as well as this. */
    private static final Duration GOOD = Duration.ofMillis(1);

    /** The pod answers within this time or not at all. */
    static final Duration MOST = Duration.ofSeconds(60);

    private final Workloads workloads;
    private final String deployment;
    private final Envelope envelope = new Envelope();
    private final EpochClock clock = EpochClock.system();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Tunnel tunnel;

    private RemoteLine(Workloads workloads, String deployment, Tunnel tunnel) {
        this.workloads = workloads;
        this.deployment = deployment;
        this.tunnel = tunnel;
    }

    /** To a ready pod of a Deployment; blocks. */
    static RemoteLine to(Workloads workloads, String deployment) throws IOException {
        return new RemoteLine(workloads, deployment, workloads.management(deployment));
    }

    @Override
    public Future<Message> request(String address, Message question, Duration within) {
        boolean order = question instanceof Command || question instanceof BlocksLoad;
        var most = within.compareTo(MOST) < 0 ? within : MOST;
        return Future.fromCompletionStage(send(address, question, most, !order));
    }

    /**
     * Tells all that hear at an address. It is logged when that fails; who does not hear of it says what it is missing.
     */
    void publish(String address, Message news) {
        var way = current();
        var request = HttpRequest.newBuilder(way.url().resolve("/bus/" + address + "?publish=true"))
                .timeout(MORE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(envelope.pack(news)))
                .build();
        Future.fromCompletionStage(http.sendAsync(request, BodyHandlers.ofString()))
                .compose(answer -> answer.statusCode() == 202
                        ? Future.succeededFuture()
                        : Future.failedFuture(answer.body().strip()))
                .onFailure(
                        cause -> LOG.warn("event=publish_failed address={} cause=\"{}\"", address, cause.toString()));
    }

    private CompletableFuture<Message> send(String address, Message question, Duration within, boolean again) {
        var way = current();
        return http.sendAsync(asking(way, address, question, within), BodyHandlers.ofByteArray())
                .thenApply(this::answer)
                .exceptionallyCompose(cause -> {
                    var reason = cause instanceof CompletionException wrapped && wrapped.getCause() != null
                            ? wrapped.getCause()
                            : cause;
                    return again && reason instanceof IOException
                            ? CompletableFuture.runAsync(() -> renew(way))
                                    .thenCompose(renewed -> send(address, question, within, false))
                            : CompletableFuture.failedFuture(failure(reason));
                });
    }

    private HttpRequest asking(Tunnel way, String address, Message question, Duration within) {
        return HttpRequest.newBuilder(way.url().resolve("/bus/" + address + "?timeout_ms=" + within.toMillis()))
                .timeout(within.plus(MORE))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(envelope.pack(question)))
                .build();
    }

    private Message answer(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw refusal(response);
        }
        try {
            return envelope.unpack(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The failure of the bus on the other side, as it would be here. */
    private static ReplyException refusal(HttpResponse<byte[]> response) {
        var text = new String(response.body(), StandardCharsets.UTF_8).strip();
        try {
            var json = new JsonObject(text);
            return new ReplyException(
                    ReplyFailure.valueOf(json.getString("failure", ReplyFailure.RECIPIENT_FAILURE.name())),
                    json.getInteger("code", response.statusCode()),
                    json.getString("error", text));
        } catch (DecodeException | ClassCastException | IllegalArgumentException noFailure) {
            return new ReplyException(ReplyFailure.RECIPIENT_FAILURE, response.statusCode(), text);
        }
    }

    private Throwable failure(Throwable cause) {
        return cause instanceof ReplyException
                ? cause
                : new ReplyException(
                        ReplyFailure.NO_HANDLERS, -1, "the way to deployment/" + deployment + " broke: " + cause);
    }

    private synchronized Tunnel current() {
        return tunnel;
    }

    private synchronized void renew(Tunnel broken) {
        if (tunnel != broken) {
            return; // another request has found the new way
        }
        broken.close();
        try {
            tunnel = workloads.management(deployment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The clock of the pod, against this machine's; blocks.
     *
     * @throws StartException when the pod does not answer
     */
    ClockOffset.Estimate clock() {
        var offset = new ClockOffset(MOST_EXCHANGES);
        var request = asking(current(), Addresses.STATS, new StatsQuery(false, false), MORE);
        try {
            for (int i = 0; i < MOST_EXCHANGES && !(i >= FEWEST_EXCHANGES && isGood(offset)); i++) {
                long sent = clock.nanos();
                var answer = http.send(request, BodyHandlers.discarding());
                long received = clock.nanos();
                offset.add(sent, time(answer, "Muster-Received"), time(answer, "Muster-Sent"), received);
            }
        } catch (IOException e) {
            throw new StartException("the clock of deployment/" + deployment + " can't be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return offset.estimate(clock.nanos())
                .orElseThrow(
                        () -> new StartException("the clock of deployment/" + deployment + " can't be read", null));
    }

    private boolean isGood(ClockOffset offset) {
        return offset.estimate(clock.nanos())
                .filter(estimate -> estimate.errorNanos() <= GOOD.toNanos())
                .isPresent();
    }

    private static long time(HttpResponse<?> answer, String header) throws IOException {
        return answer.headers()
                .firstValueAsLong(header)
                .orElseThrow(() -> new IOException("status " + answer.statusCode() + " without " + header));
    }

    @Override
    public void close() {
        current().close();
    }
}

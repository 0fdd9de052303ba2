package dev.muster.minion;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The minions' way to the master: HTTP/1.1 with keep-alive, one request at a time on each connection. The caller bounds
 * the number of requests under way to the number of connections, so that nothing waits in here. For the event loop.
 */
final class MasterClient {
    private static final Logger LOG = LoggerFactory.getLogger(MasterClient.class);

    /** An answer is a word or a task; the longest task is below this by far. */
    private static final int LONGEST_ANSWER = 16 * 1024;

    private final HttpClient http;
    private final Deadline deadline;
    private final Paths paths;
    private final boolean logsRequests;

    /**
     * What the master answered.
     *
     * @param status of HTTP
     * @param text the body
     * @param retryAfter the header, when there is one
     * @param sentNanos when the request was sent, of {@link System#nanoTime}
     * @param answeredNanos when the head of the answer was there
     */
    record Answer(int status, String text, @Nullable String retryAfter, long sentNanos, long answeredNanos) {
        /** How long the request took. */
        long nanos() {
            return answeredNanos - sentNanos;
        }

        /** For the log. */
        String brief() {
            return "HTTP " + status + ": " + text;
        }
    }

    MasterClient(Vertx vertx, URI master, Introduction who, MinionOptions limits, boolean logsRequests) {
        var options = new HttpClientOptions()
                .setDefaultHost(withoutBrackets(master.getHost()))
                .setDefaultPort(master.getPort() == -1 ? 80 : master.getPort())
                .setConnectTimeout((int) limits.timeout().toMillis())
                .setMaxInitialLineLength(1024)
                .setMaxHeaderSize(LONGEST_ANSWER);
        this.http = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(limits.connections()));
        this.deadline = new Deadline(vertx, limits.timeout().toMillis());
        this.paths = new Paths(master.getRawPath().replaceFirst("/+$", ""), who);
        this.logsRequests = logsRequests;
    }

    /** An IPv6 address has brackets in a URL, and none elsewhere. */
    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /**
     * Registers a minion.
     *
     * @param tries which attempt this is, from 1
     * @param beganNanos when it began, of {@link System#nanoTime}: its age is taken as the last thing before sending
     */
    Future<Answer> register(int minion, int tries, long beganNanos) {
        return send(HttpMethod.POST, now -> paths.register(minion, tries, now - beganNanos));
    }

    /**
     * Asks for a task.
     *
     * @param errorMicros how wrong the stated age may have been; negative for nothing to say
     */
    Future<Answer> task(int minion, int errorMicros) {
        return send(HttpMethod.GET, now -> paths.task(minion, errorMicros));
    }

    /** Reports on a task. */
    Future<Answer> report(int minion, Report report) {
        return send(HttpMethod.POST, now -> paths.report(minion, report));
    }

    /**
     * Sends a request without a body. Fails when there was no answer in time; see {@link Cause}.
     *
     * @param path is asked for the path and query once there is a connection, and given the instant of sending
     */
    private Future<Answer> send(HttpMethod method, LongFunction<String> path) {
        return http.request(new RequestOptions().setMethod(method)).compose(request -> {
            long sent = System.nanoTime();
            request.setURI(path.apply(sent));
            var answer = deadline.bound(request, exchange(request, sent));
            return logsRequests ? answer.onComplete(ended -> log(request, sent, ended)) : answer;
        });
    }

    Future<Void> close() {
        return http.close();
    }

    private static Future<Answer> exchange(HttpClientRequest request, long sent) {
        return request.send().compose(response -> {
            long answered = System.nanoTime();
            return text(request, response)
                    .map(text ->
                            new Answer(response.statusCode(), text, response.getHeader("Retry-After"), sent, answered));
        });
    }

    private static void log(HttpClientRequest request, long sent, AsyncResult<Answer> ended) {
        LOG.info(
                "event=minion.request method={} uri={} status={} micros={}",
                request.getMethod(),
                request.getURI(),
                ended.succeeded() ? ended.result().status() : String.valueOf(ended.cause()),
                (System.nanoTime() - sent) / 1_000);
    }

    private static Future<String> text(HttpClientRequest request, HttpClientResponse response) {
        var whole = Promise.<String>promise();
        var body = Buffer.buffer();
        response.handler(part -> {
            if (body.length() + part.length() > LONGEST_ANSWER) {
                request.reset();
                whole.tryFail(new IOException("the answer is longer than " + LONGEST_ANSWER + " bytes"));
            } else {
                body.appendBuffer(part);
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(body.toString(StandardCharsets.UTF_8)));
        return whole.future();
    }
}

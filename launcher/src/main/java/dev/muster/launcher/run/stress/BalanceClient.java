package dev.muster.launcher.run.stress;

import dev.muster.bus.Credential;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Asks pods over HTTP and hears which one answered. Safe to use from any thread. */
final class BalanceClient implements AutoCloseable {
    private static final Pattern FORM = Pattern.compile("http://(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?/?");
    private static final int MOST_CONNECTIONS = 1_000;
    private static final long TIMEOUT_MILLIS = 10_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final AtomicInteger turn = new AtomicInteger();
    private final List<String> urls;
    private final Credential credential;
    private final HttpClientAgent client;

    /**
     * @param pod that answered, as it says in its header; empty when it says nothing
     */
    record Answer(int status, String pod) {}

    /**
     * @param urls asked in turns
     * @param credential for what only an admin may
     * @param keepalive whether requests share connections; else each has one of its own
     */
    BalanceClient(List<String> urls, Credential credential, boolean keepalive) {
        this.urls = List.copyOf(urls);
        this.credential = credential;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(keepalive).setConnectTimeout((int) TIMEOUT_MILLIS),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    }

    static boolean isUrl(String text) {
        return FORM.matcher(text).matches();
    }

    /** Asks for a path; fails when there is no answer in time. */
    Future<Answer> get(String path) {
        var url = urls.get(Math.floorMod(turn.getAndIncrement(), urls.size()));
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(URI.create(url).resolve(path).toString())
                .setTimeout(TIMEOUT_MILLIS);
        var token = credential.token();
        if (token != null) {
            options.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        }
        return client.request(options).compose(request -> request.send()).compose(response -> {
            var pod = response.getHeader("Muster-Pod");
            var answer = new Answer(response.statusCode(), pod == null ? "" : pod);
            return response.body().map(answer);
        });
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}

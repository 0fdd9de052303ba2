package dev.muster.launcher.kubernetes;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers one new minion after another with the master, by way of the API server, and knows which of them were
 * acknowledged. What fails is not tried again.
 */
final class Registrar implements AutoCloseable {
    private static final int WORKERS = 4;
    private static final long PAUSE_MILLIS = 50;
    private static final String MASTER = "/api/v1/namespaces/muster/services/master:8888/proxy";

    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // the proxy takes an upgrade to HTTP/2 for one of its own
            .build();
    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(WORKERS);
    private final List<ScheduledFuture<?>> working;
    private final AtomicLong last = new AtomicLong();
    private final ApiProxy proxy = new ApiProxy();

    Registrar() throws IOException {
        working = Stream.<ScheduledFuture<?>>generate(
                        () -> workers.scheduleWithFixedDelay(this::register, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS))
                .limit(WORKERS)
                .toList();
    }

    private void register() {
        var minion = "registrar-" + last.incrementAndGet();
        var request = HttpRequest.newBuilder(proxy.url().resolve(MASTER + "/register?age_ms=1&minion_id=" + minion))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                acknowledged.add(minion);
            }
        } catch (IOException unanswered) {
            LOG.debug("event=unanswered minion={}", minion, unanswered); // stored or not: nobody knows
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those that the master has said are stored, so far. */
    Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** Ends with what is under way. */
    void stop() throws InterruptedException {
        working.forEach(each -> each.cancel(false));
        workers.shutdown();
        if (!workers.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("registrations don't end");
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        proxy.close();
    }
}

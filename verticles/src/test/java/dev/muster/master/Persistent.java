package dev.muster.master;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Minions as the protocol wants them: each registers with the same id until it is acknowledged, and then no more. */
final class Persistent implements AutoCloseable {
    private static final int AT_ONCE = 48;

    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unexpected = new AtomicInteger();
    private final URI master;
    private final int minions;

    Persistent(URI master, int minions) {
        this.master = master;
        this.minions = minions;
        for (int i = 0; i < AT_ONCE; i++) {
            threads.execute(this::registerSome);
        }
        threads.shutdown();
    }

    int acknowledged() {
        return acknowledged.get();
    }

    /** Requests in all, however they ended. */
    int attempts() {
        return attempts.get();
    }

    /** Answers 503 that said when to come back. */
    int refused() {
        return refused.get();
    }

    /** Answers that a minion can do nothing with. */
    int unexpected() {
        return unexpected.get();
    }

    boolean isDone() {
        return threads.isTerminated();
    }

    private void registerSome() {
        for (int i = next.getAndIncrement(); i < minions; i = next.getAndIncrement()) {
            while (!register("m-" + i)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            acknowledged.incrementAndGet();
        }
    }

    private boolean register(String id) {
        var request = HttpRequest.newBuilder(master.resolve("/register?age_ms=1&minion_id=" + id))
                .timeout(Duration.ofSeconds(30));
        attempts.incrementAndGet();
        try {
            return accepted(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException broken) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private boolean accepted(HttpResponse<String> answer) {
        if (answer.statusCode() == 503
                && answer.headers().firstValue("Retry-After").isPresent()) {
            refused.incrementAndGet();
        } else if (answer.statusCode() != 200) {
            unexpected.incrementAndGet();
        }
        return answer.statusCode() == 200;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

package dev.muster.launcher.push;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Pushes to one target. What fails is not repeated: all numbers are cumulative, so that the next push has them too. */
final class Sender {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final int MOST_TOLD = 200;

    private final PushTarget target;
    private final Encoder encoder;
    private final Supplier<MetricSnapshots> metrics;
    private final Consumer<String> warnings;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /** These are the thread's own. */
    private long pushes;

    private long failures;
    private long lastMillis;

    Sender(
            PushTarget target,
            Encoder encoder,
            Supplier<MetricSnapshots> metrics,
            Consumer<String> warnings,
            Duration period) {
        this.target = target;
        this.encoder = encoder;
        this.metrics = metrics;
        this.warnings = warnings;
        this.thread = new Thread(() -> run(period), "push");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Pushes once more, and no more after that. */
    void stop() {
        ended.countDown();
    }

    /** Waits for the last push. */
    void join() {
        try {
            thread.join(3 * ANSWER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Duration period) {
        try {
            // Code that has never run is slow, and a receiver that is dead is better known before the load than after
            // it.
            push(false);
            while (!ended.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
                push(false);
            }
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish() throws InterruptedException {
        push(true);
        if (failures > 1) {
            warnings.accept("warning: " + failures + " of " + pushes + " pushes to " + target + " failed");
        }
    }

    private void push(boolean last) throws InterruptedException {
        pushes++;
        try {
            send(last);
        } catch (ConnectException e) {
            fail("nothing can be reached there");
        } catch (IOException e) {
            fail(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (RuntimeException e) {
            fail(e.toString());
        }
    }

    private void send(boolean last) throws IOException, InterruptedException {
        // No receiver takes two values of a series at one time, nor an earlier one after a later.
        lastMillis = Math.max(lastMillis + 2, System.currentTimeMillis());
        var body = encoder.encode(metrics.get(), lastMillis, last);
        var request = HttpRequest.newBuilder(target.address())
                .timeout(ANSWER)
                .header("User-Agent", "muster")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        encoder.headers().forEach(request::header);
        target.authorization().ifPresent(proof -> request.header("Authorization", proof));
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            fail("it answered " + answer.statusCode() + " " + firstLine(answer.body()));
        }
    }

    private void fail(String reason) {
        failures++;
        if (failures == 1) {
            warnings.accept("warning: a push to " + target + " failed: " + reason + "; the run goes on");
        }
    }

    private static String firstLine(String text) {
        var line = text.lines().findFirst().orElse("").strip();
        return line.length() > MOST_TOLD ? line.substring(0, MOST_TOLD) + "..." : line;
    }
}

package dev.muster.launcher.kubernetes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds at what the pods of a namespace and all nodes use, from a thread of its own: CPU and memory from
 * the metrics server, else from the kubelets, restarts from the pods themselves. What can't be seen is told once and is not
 * in the result; the run goes on.
 */
public final class UsageSampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageSampler.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ClusterApi api;
    private final String namespace;
    private final Workloads workloads;
    private final UsageBooks books;
    private final Consumer<String> events;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "usage"));
    private @Nullable UsageSource source;
    private boolean told;

    private UsageSampler(ClusterApi api, String namespace, UsageBooks books, Consumer<String> events) {
        this.api = api;
        this.namespace = namespace;
        this.workloads = new Workloads(api, namespace);
        this.books = books;
        this.events = events;
    }

    /**
     * Begins.
     *
     * @param folder takes {@code usage.csv}
     * @param events takes what the user is to read
     */
    @SuppressWarnings("FutureReturnValueIgnored") // a look tells its own failures, and closing ends them all
    public static UsageSampler start(ClusterApi api, String namespace, Path folder, Consumer<String> events)
            throws IOException {
        var sampler = new UsageSampler(api, namespace, UsageBooks.in(folder), events);
        sampler.thread.scheduleAtFixedRate(sampler::sample, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return sampler;
    }

    /** What was seen last, by the names of the result; empty before anything was. */
    public Map<String, Double> last() {
        return books.last();
    }

    /** What was seen so far, by the names of the result; what could not be seen is not there. */
    public Map<String, Double> soFar() {
        return books.soFar();
    }

    private void sample() {
        try {
            books.take(workloads.pods(), usage());
        } catch (IOException | RuntimeException e) {
            tell("pods and nodes can't be seen: " + e.getMessage());
        }
    }

    private Optional<Usage> usage() {
        try {
            var from = source;
            if (from == null) {
                from = choose();
                source = from;
            }
            return from.look();
        } catch (IOException e) {
            tell("CPU and memory of pods and nodes can't be seen: " + e.getMessage()
                    + "; needed is the metrics server, or get on nodes/proxy for the kubelets");
            return Optional.empty();
        }
    }

    private UsageSource choose() {
        var server = new MetricsApi(api, namespace);
        try {
            server.look();
            return server;
        } catch (IOException absent) {
            LOG.debug("event=no_metrics_server cause=\"{}\"", absent.getMessage());
            return new Kubelets(api, namespace);
        }
    }

    private void tell(String what) {
        if (!told) {
            told = true;
            events.accept("warning: " + what);
        }
        LOG.debug("event=usage_unseen cause=\"{}\"", what);
    }

    /** Looks a last time, and closes the file. */
    @Override
    public void close() {
        thread.execute(this::sample);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("event=usage_late");
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        books.close();
    }
}

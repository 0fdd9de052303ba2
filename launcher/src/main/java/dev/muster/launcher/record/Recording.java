package dev.muster.launcher.record;

import dev.muster.bus.Stats;
import dev.muster.launcher.command.StartException;
import dev.muster.node.RunHealth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code timeline.csv} and a {@code .hlog} for each distribution into a folder while a load goes on: a thread of
 * its own asks the collector at the turn of each second, when every process has sent that second's snapshot, and
 * appends what is new. What is on disk is at most a second behind. Only {@link #end} and {@link #close} are for others.
 */
public final class Recording implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);
    private static final long PERIOD_MILLIS = 1_000;

    /** Hears, on the recorder's thread, how far the run is. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A second was recorded.
         *
         * @param observed everything since the load began
         * @throws IOException when it can't be written
         */
        void recorded(RunHealth observed) throws IOException;

        /**
         * The same, and what the second itself brought. Called instead, but for the state before the first second.
         *
         * @param news by the collector's own names
         * @throws IOException when it can't be written
         */
        default void second(RunHealth observed, Stats.Point news) throws IOException {
            recorded(observed);
        }
    }

    private final Path folder;
    private final Stats before;
    private final Supplier<Stats> collector;
    private final UnaryOperator<String> names;
    private final Listener listener;
    private final Intervals intervals;
    private final TimelineCsv timeline;
    private final Map<String, IntervalLog> logs = new HashMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "recorder");
    private @Nullable Exception failure;

    private Recording(
            Path folder, Stats before, Supplier<Stats> collector, UnaryOperator<String> names, Listener listener)
            throws IOException {
        this.folder = folder;
        this.before = before;
        this.collector = collector;
        this.names = names;
        this.listener = listener;
        this.intervals = new Intervals(before);
        this.timeline = new TimelineCsv(folder);
    }

    /**
     * Begins.
     *
     * @param folder which is there, and has none of these files
     * @param before the collector's answer before the load, with histograms: what came before it is not recorded
     * @param collector asks for another one; may block; throws {@link StartException} when none comes
     * @param names what the result calls a metric of the collector, such as {@code boot.register.latency} for
     *     {@code minion.register.latency}; the same name where it has no other
     * @param listener hears of each second, and of the state before the first
     * @throws IOException when a file can't be written
     */
    public static Recording start(
            Path folder, Stats before, Supplier<Stats> collector, UnaryOperator<String> names, Listener listener)
            throws IOException {
        var recording = new Recording(folder, before, collector, names, listener);
        listener.recorded(RunHealth.between(before, before));
        recording.thread.setDaemon(true);
        recording.thread.start();
        return recording;
    }

    /**
     * Stops, takes in what came since the last full second, and closes the files.
     *
     * @return the collector's answer up to which everything is recorded
     * @throws IOException when something could not be written, now or before
     * @throws StartException when the collector does not answer
     */
    public Stats end() throws IOException {
        stop();
        try {
            var last = collector.get();
            if (failure == null) {
                append(intervals.rest(last));
            }
            return last;
        } finally {
            closeFiles();
        }
    }

    /** Stops where it is, without another word: for a run that failed. Does nothing after {@link #end}. */
    @Override
    public void close() throws IOException {
        stop();
        closeFiles();
    }

    private void run() {
        try {
            while (!stop.await(untilNextSecond(), TimeUnit.MILLISECONDS)) {
                record();
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("event=recording_failed", e);
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long untilNextSecond() {
        return PERIOD_MILLIS - (System.currentTimeMillis() % PERIOD_MILLIS);
    }

    private void record() throws IOException {
        Stats stats;
        try {
            stats = collector.get();
        } catch (StartException noAnswer) {
            LOG.warn("event=recording_gap cause=\"{}\"", noAnswer.getMessage());
            return;
        }
        var news = intervals.next(stats);
        if (news.isPresent()) {
            append(news.get());
            listener.second(RunHealth.between(before, stats), news.get().point());
        }
    }

    private void append(Interval news) throws IOException {
        var interval = news.renamed(names);
        timeline.append(interval);
        for (var each : interval.samples().entrySet()) {
            var samples = each.getValue();
            log(each.getKey(), samples).append(interval, samples.distribution());
        }
    }

    private IntervalLog log(String name, RunHealth.Samples samples) throws IOException {
        var log = logs.get(name);
        if (log == null) {
            log = new IntervalLog(folder, name, samples.unit(), before.epochMillis());
            logs.put(name, log);
        }
        return log;
    }

    private void stop() {
        stop.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeFiles() throws IOException {
        timeline.close();
        for (var log : logs.values()) {
            log.close();
        }
        if (failure != null) {
            var cause = failure;
            failure = null;
            throw new IOException("the recording failed: " + cause.getMessage(), cause);
        }
    }
}

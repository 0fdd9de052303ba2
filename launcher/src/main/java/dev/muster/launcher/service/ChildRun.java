package dev.muster.launcher.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.RunNews;
import dev.muster.bus.RunNews.State;
import dev.muster.bus.Stats;
import dev.muster.launcher.command.OwnJava;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run in a process of its own, as its command line would start it, so that the numbers are the same and nothing of this
 * process is in them. What it prints with {@code --output=stream} becomes news.
 */
final class ChildRun {
    private static final Logger LOG = LoggerFactory.getLogger(ChildRun.class);
    private static final ObjectMapper JSON = BusCodecs.mapper(false);
    private static final int MOST_LINES = 12;
    private static final long BEGIN_SECONDS = 50;
    /** A run that is told to end writes its result within 25 s. */
    private static final long END_SECONDS = 15;

    private final Order order;
    private final String by;
    private final Process process;
    private final Consumer<RunNews> listener;
    private final long startMillis = System.currentTimeMillis();
    private final CountDownLatch named = new CountDownLatch(1);
    private final Deque<String> errors = new ArrayDeque<>();
    private volatile String run = "";
    private @Nullable Stats latest;
    private boolean told;

    private ChildRun(Order order, String by, Process process, Consumer<RunNews> listener) {
        this.order = order;
        this.by = by;
        this.process = process;
        this.listener = listener;
    }

    static ChildRun start(
            Order order, String by, Path results, Map<String, String> environment, Consumer<RunNews> listener)
            throws IOException {
        var words = new ArrayList<>(OwnJava.command());
        words.addAll(order.arguments());
        words.add("--output=stream");
        var builder = new ProcessBuilder(words);
        builder.environment().clear();
        builder.environment().putAll(environment(environment));
        builder.environment().putAll(order.secrets());
        var child = new ChildRun(order, by, builder.start(), listener);
        child.process.getOutputStream().close();
        LOG.info("event=run_started experiment={} pid={} by={}", order.experiment(), child.process.pid(), by);
        child.thread("run-errors", child::readErrors);
        child.thread("run-news", child::readNews);
        return child;
    }

    /** What this process was configured with is not for its runs: their orders say all. */
    static Map<String, String> environment(Map<String, String> own) {
        var all = new HashMap<>(own);
        all.keySet().removeIf(name -> name.startsWith("MUSTER_") && !name.equals("MUSTER_MARIADB_HOME"));
        return all;
    }

    private void thread(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void readErrors() {
        lines(process.getErrorStream(), line -> {
            synchronized (errors) {
                errors.addLast(line);
                if (errors.size() > MOST_LINES) {
                    errors.removeFirst();
                }
            }
        });
    }

    private void readNews() {
        lines(process.getInputStream(), this::take);
        int code = process.onExit().join().exitValue();
        named.countDown();
        LOG.info("event=run_ended run={} code={}", run, code);
        if (!told) {
            tell(State.FAILED, "", "", lastWords());
        }
    }

    private static void lines(InputStream stream, Consumer<String> reader) {
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            lines.lines().forEach(reader);
        } catch (IOException | UncheckedIOException ended) {
            LOG.debug("event=run_stream_ended", ended); // as it does when the process is killed
        }
    }

    private void take(String line) {
        try {
            var news = JSON.readTree(line);
            run = news.path("run").asText();
            named.countDown();
            if (news.path("stats").isObject()) {
                latest = JSON.treeToValue(news.get("stats"), Stats.class);
            }
            var state =
                    switch (news.path("state").asText()) {
                        case "starting" -> State.STARTING;
                        case "running" -> State.RUNNING;
                        default -> State.FINISHED;
                    };
            told = state == State.FINISHED;
            tell(state, news.path("progress").asText(), result(news), "");
        } catch (JsonProcessingException e) {
            LOG.warn("event=run_line_refused run={} cause=\"{}\"", run, e.getOriginalMessage());
        }
    }

    private static String result(JsonNode news) {
        return news.path("result").isObject() ? news.get("result").toString() : "";
    }

    private void tell(State state, String progress, String result, String error) {
        listener.accept(new RunNews(
                run, order.experiment(), order.command(), by, startMillis, state, progress, latest, result, error));
    }

    /** Its id, once it has one; empty when it ended without. Blocks. */
    String awaitRun() {
        try {
            if (!named.await(BEGIN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("event=run_late seconds={}", BEGIN_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return run;
    }

    /** Its id; empty as long as it has none. */
    String run() {
        return run;
    }

    String experiment() {
        return order.experiment();
    }

    String command() {
        return order.command();
    }

    String by() {
        return by;
    }

    long startMillis() {
        return startMillis;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The last that it said to people, in one line. */
    String lastWords() {
        synchronized (errors) {
            return errors.isEmpty() ? "it ended without a word" : String.join("; ", errors);
        }
    }

    /** Tells it to end: SIGTERM. {@link Process#destroy} would close its streams too, and its result comes on one. */
    void stop() {
        process.toHandle().destroy();
    }

    /** Ends it, by force when it takes too long, and waits for that. */
    void end() {
        stop();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("event=run_killed run={} seconds={}", run, END_SECONDS);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

package dev.muster.collector;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.muster.measure.Verdict;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A {@link RealRun} in a JVM of its own, with one processor and one thread that collects garbage: there a process can
 * use up its processors, or stop for long, whatever the machine is.
 */
final class RealRunProcess {
    private static final int BUSY_THREADS = 16;
    private static final int MOST_OBJECTS = 16_000_000;
    private static final long PAUSE_NANOS = MILLISECONDS.toNanos(400);

    private RealRunProcess() {}

    /** What happens in the other JVM during the run. */
    enum Disturbance {
        NONE,
        BUSY_THREADS,
        LONG_PAUSE
    }

    /** Runs it there, and returns the codes of the reasons that speak against it. */
    static List<String> reasons(Disturbance disturbance) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ActiveProcessorCount=1",
                        "-XX:+UseSerialGC",
                        "-Xmx1500m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RealRunProcess.class.getName(),
                        disturbance.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.getInputStream()) {
            var lines = new String(output.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (process.waitFor() != 0) {
                throw new IOException(disturbance + " exited with " + process.exitValue());
            }
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    public static void main(String[] arguments) {
        var disturbance = Disturbance.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        // An answer within 20 ms: what stops the process for longer than that claims too little.
        try (var run = new RealRun(Duration.ofMillis(20))) {
            var verdict =
                    switch (disturbance) {
                        case NONE -> run.run(undisturbed -> {}, () -> {});
                        case BUSY_THREADS -> {
                            spin();
                            yield run.run(undisturbed -> {}, () -> {});
                        }
                        case LONG_PAUSE -> {
                            var garbage = longPauses();
                            try {
                                yield run.run(undisturbed -> {}, System::gc);
                            } finally {
                                Reference.reachabilityFence(garbage); // or there would be nothing to go through
                            }
                        }
                    };
            verdict.reasons().stream().map(Verdict.Reason::code).forEach(System.out::println);
        }
    }

    private static void spin() {
        for (int i = 0; i < BUSY_THREADS; i++) {
            var thread = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** So many objects that to collect garbage takes long. */
    private static List<Object[]> longPauses() {
        var objects = new ArrayList<Object[]>();
        long took = 0;
        for (int count = 4_000_000; took < PAUSE_NANOS && count <= MOST_OBJECTS; count *= 2) {
            while (objects.size() < count) {
                objects.add(new Object[] {objects});
            }
            long start = System.nanoTime();
            System.gc();
            took = System.nanoTime() - start;
        }
        return objects;
    }
}

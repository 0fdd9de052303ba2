package dev.muster.launcher.run.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What some processes use together, by the kernel's books: twice a second a thread of its own looks at them. What a
 * process used between the last look and its end is not seen; one that comes later counts from its start. Safe to use
 * from any thread.
 */
final class ProcessUse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessUse.class);
    private static final long LOOK_MILLIS = 500;
    private static final String RESIDENT = "VmRSS:";

    private final Supplier<List<ProcessHandle>> processes;
    private final Map<ProcessHandle, Duration> known = new HashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var made = new Thread(task, "process-use");
        made.setDaemon(true);
        return made;
    });
    private Optional<ScheduledFuture<?>> looks = Optional.empty();
    private Duration used = Duration.ZERO;
    private long bytes;
    private long began;
    private long looked;
    private boolean ended;

    /**
     * @param processes the ones that there are when it is asked
     */
    ProcessUse(Supplier<List<ProcessHandle>> processes) {
        this.processes = processes;
    }

    /** What they used before does not count. */
    synchronized void begin() {
        processes.get().forEach(process -> known.put(process, cpu(process).orElse(Duration.ZERO)));
        began = System.nanoTime();
        looked = began;
        looks = Optional.of(
                thread.scheduleWithFixedDelay(this::tryLook, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** Takes a last look, and none after it. */
    synchronized void end() {
        look();
        ended = true;
        looks.ifPresent(each -> each.cancel(false));
    }

    private void tryLook() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.warn("event=look_failed cause=\"{}\"", e.getMessage()); // the next look takes it in
        }
    }

    private synchronized void look() {
        if (ended) {
            return;
        }
        long resident = 0;
        for (var process : processes.get()) {
            cpu(process).ifPresent(total -> take(process, total));
            resident += resident(process.pid());
        }
        bytes = Math.max(bytes, resident);
        looked = System.nanoTime();
    }

    private void take(ProcessHandle process, Duration total) {
        var before = known.put(process, total);
        used = used.plus(before == null ? total : total.minus(before));
    }

    private static Optional<Duration> cpu(ProcessHandle process) {
        return process.info().totalCpuDuration();
    }

    /** 0 where it is not told, or the process has ended meanwhile. */
    private static long resident(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> 1024
                            * Long.parseLong(line.substring(RESIDENT.length(), line.length() - " kB".length())
                                    .strip()))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Processors that they used on average since the begin; empty where nobody tells. */
    synchronized Optional<Double> cores() {
        long nanos = looked - began;
        return nanos > 0 && !used.isZero() ? Optional.of((double) used.toNanos() / nanos) : Optional.empty();
    }

    /** The most bytes that they had in memory at a look; pages that they share count for each. Empty likewise. */
    synchronized Optional<Double> mostBytes() {
        return bytes > 0 ? Optional.of((double) bytes) : Optional.empty();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

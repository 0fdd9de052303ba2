package dev.muster.launcher.push;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Pushes what a process measures: at once, every {@link #PERIOD}, and once more at the end. Each target has a thread of its own,
 * so that a slow one holds up no other, and the load never.
 */
public final class Push implements AutoCloseable {
    /** A run of 20 s has ten points. */
    static final Duration PERIOD = Duration.ofSeconds(2);

    private final List<Sender> senders;

    private Push(List<Sender> senders) {
        this.senders = senders;
    }

    /**
     * Begins to push.
     *
     * @param targets where to
     * @param source whose metrics they are
     * @param metrics takes them; called from threads of this, must be safe to call from any
     * @param warnings takes a line when a receiver fails, at the first time and at the end; called from any thread
     */
    public static Push start(
            Collection<PushTarget> targets,
            Source source,
            Supplier<MetricSnapshots> metrics,
            Consumer<String> warnings) {
        return start(targets, source, metrics, warnings, PERIOD);
    }

    static Push start(
            Collection<PushTarget> targets,
            Source source,
            Supplier<MetricSnapshots> metrics,
            Consumer<String> warnings,
            Duration period) {
        var push = new Push(targets.stream()
                .map(target -> new Sender(target, Encoder.of(target.protocol(), source), metrics, warnings, period))
                .toList());
        push.senders.forEach(Sender::start);
        return push;
    }

    /** Pushes once more and ends. Blocks, at the longest for as long as one push may take. */
    @Override
    public void close() {
        senders.forEach(Sender::stop);
        senders.forEach(Sender::join);
    }
}

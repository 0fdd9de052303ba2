package dev.muster.launcher.run.stress;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the autoscaler twice a second, from a thread of its own: an API that is slow to answer delays no order. */
final class Lookout implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    private static final long LOOK_MILLIS = 500;

    private final Autoscaler autoscaler;
    private final LoadLog log;
    private final DoubleSupplier seconds;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var made = new Thread(task, "lookout");
        made.setDaemon(true);
        return made;
    });
    private Optional<ScheduledFuture<?>> looks = Optional.empty();

    /**
     * @param log takes what was seen
     * @param seconds the time since the load's begin
     */
    Lookout(Autoscaler autoscaler, LoadLog log, DoubleSupplier seconds) {
        this.autoscaler = autoscaler;
        this.log = log;
        this.seconds = seconds;
    }

    void begin() {
        if (autoscaler.isWatched()) {
            looks = Optional.of(thread.scheduleAtFixedRate(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    /** What was seen bears the time of its answer, so that nothing is said to be seen before it was. */
    private void look() {
        try {
            autoscaler.look().ifPresent(view -> log.saw(seconds.getAsDouble(), view));
        } catch (RuntimeException e) {
            LOG.warn("event=look_failed cause=\"{}\"", e.getMessage()); // the next one may see it again
        }
    }

    /** Looks no more; an answer that is still to come is not waited for. */
    @Override
    public void close() {
        looks.ifPresent(each -> each.cancel(true));
        thread.shutdown();
    }
}

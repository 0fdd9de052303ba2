package dev.muster.stress;

import dev.muster.measure.CpuBurn.Work;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one request has started: some threads that burn for a time. Owned by one event loop. */
final class Job {
    private static final Logger LOG = LoggerFactory.getLogger(Job.class);
    private static final double FULL = 100;
    private static final double NANOS = 1e9;

    private final String id;
    private final Demand demand;
    private final List<Burner> burners;
    private final Future<?> ended;
    private final long began = System.nanoTime();
    private State state = State.RUNNING;
    private long endedAfter;

    /** What has become of a job. */
    enum State {
        RUNNING,
        /** Its time is over. */
        FINISHED,
        /** Somebody stopped it before. */
        STOPPED,
        /** It could not go on; the log says why. */
        FAILED
    }

    private Job(String id, Demand demand, Function<Kind, Work> works, Context context) {
        this.id = id;
        this.demand = demand;
        long periods = TimeUnit.SECONDS.toNanos(demand.seconds()) / Burner.PERIOD_NANOS;
        this.burners = IntStream.range(0, demand.cores())
                .mapToObj(i -> new Burner(
                        "stress-" + id + "-" + i,
                        demand.kind(),
                        () -> works.apply(demand.kind()),
                        demand.load() / FULL,
                        (double) i / demand.cores(),
                        periods))
                .toList();
        this.ended = Future.join(burners.stream()
                        .map(burner -> Future.fromCompletionStage(burner.done(), context))
                        .toList())
                .onComplete(done -> end(done.cause()));
    }

    /** Starts one. Call it from the verticle whose context it is. */
    static Job start(String id, Demand demand, Function<Kind, Work> works, Context context) {
        var job = new Job(id, demand, works, context);
        job.burners.forEach(Burner::start);
        LOG.info(
                "event=stress.job_started id={} seconds={} cores={} load={} kind={}",
                id,
                demand.seconds(),
                demand.cores(),
                demand.load(),
                demand.kind().word());
        return job;
    }

    private void end(@Nullable Throwable cause) {
        endedAfter = System.nanoTime() - began;
        if (cause != null) {
            state = State.FAILED;
            LOG.error("event=stress.job_failed id={}", id, cause);
        } else if (state == State.RUNNING) {
            state = State.FINISHED;
        }
        var used = used();
        LOG.info(
                "event=stress.job_ended id={} state={} requested_s={} delivered_s={} checksum={}",
                id,
                state,
                used.requestedSeconds(),
                used.deliveredSeconds(),
                Long.toHexString(burners.stream().mapToLong(Burner::checksum).sum()));
    }

    /** Stops it; completes when it uses no more CPU. */
    Future<?> stop() {
        if (isRunning()) {
            state = State.STOPPED;
            burners.forEach(Burner::stop);
        }
        return ended;
    }

    /** Completes when its time is over, or it was stopped or failed, on the event loop. */
    Future<?> ended() {
        return ended;
    }

    boolean isRunning() {
        return !ended.isComplete();
    }

    String id() {
        return id;
    }

    Demand demand() {
        return demand;
    }

    State state() {
        return state;
    }

    List<Burner> burners() {
        return burners;
    }

    /** Since it was started, until it ended. */
    double seconds() {
        return (isRunning() ? System.nanoTime() - began : endedAfter) / NANOS;
    }

    Used used() {
        return burners.stream().map(Burner::used).reduce(Used.NOTHING, Used::plus);
    }
}

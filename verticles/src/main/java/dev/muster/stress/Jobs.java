package dev.muster.stress;

import dev.muster.http.HttpError;
import dev.muster.measure.CpuBurn.Work;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All that burns in this process: the jobs of requests and the load that a run orders. Holds them back together where
 * headroom is to be left. Owned by one event loop.
 */
final class Jobs {
    /** Jobs that have ended and of which the state is still told. */
    private static final int REMEMBERED = 100;

    private final Context context;
    private final String host;
    private final Capacity capacity;
    private final int most;
    private final long heap;
    private final Function<Kind, Work> works;
    private final Ordered ordered;
    private final Map<String, Job> all = new LinkedHashMap<>();
    private final Deque<String> ended = new ArrayDeque<>();
    private Used forgotten = Used.NOTHING;
    private long number;

    /**
     * @param host what the ids begin with, so that they differ between pods
     * @param most jobs at the same time
     */
    Jobs(Context context, String host, Capacity capacity, int most) {
        this(context, host, capacity, most, Runtime.getRuntime().maxMemory(), Kind::work);
    }

    /**
     * The same.
     *
     * @param heap bytes, of which burners may take half
     * @param works what each thread does with the CPU
     */
    Jobs(Context context, String host, Capacity capacity, int most, long heap, Function<Kind, Work> works) {
        this.context = context;
        this.host = host;
        this.capacity = capacity;
        this.most = most;
        this.heap = heap;
        this.works = works;
        this.ordered = new Ordered(context, works);
    }

    /**
     * Starts one.
     *
     * @throws HttpError 503 when there are enough already
     */
    Job start(Demand demand) {
        if (running() >= most) {
            throw new HttpError(
                    503,
                    "there are " + most + " jobs already",
                    "wait until one ends, stop one, or start with a larger --stress-max-jobs");
        }
        requireMemory(demand.kind(), demand.cores(), burners());
        var job = Job.start(host + "-" + ++number, demand, works, context);
        all.put(job.id(), job);
        job.ended().onComplete(done -> {
            balance();
            remember(job);
        });
        balance();
        return job;
    }

    /**
     * @param kept burners that go on beside the new ones
     */
    private void requireMemory(Kind kind, long cores, Stream<Burner> kept) {
        long held = kept.filter(burner -> burner.kind() == Kind.MEMORY).count();
        long wanted = kind == Kind.MEMORY ? (held + cores) * Kind.MEMORY_BYTES : 0;
        if (wanted > heap / 2) {
            throw new HttpError(
                    503,
                    "kind=memory needs " + (Kind.MEMORY_BYTES >> 20) + " MiB for each core, which is more than half"
                            + " of the heap",
                    "ask for fewer cores, or give the pod more memory");
        }
    }

    private void remember(Job job) {
        ended.add(job.id());
        if (ended.size() > REMEMBERED) {
            var oldest = all.remove(ended.remove());
            if (oldest != null) {
                forgotten = forgotten.plus(oldest.used());
            }
        }
    }

    /**
     * Burns from now on what a run orders, in cores; 0 for nothing.
     *
     * @throws HttpError 503 when there is no memory for it; what was ordered before goes on
     */
    void order(Kind kind, double cores) {
        requireMemory(kind, (long) Math.ceil(cores), jobBurners());
        ordered.set(kind, cores);
        balance();
    }

    Optional<Job> find(String id) {
        return Optional.ofNullable(all.get(id));
    }

    /** Those that run, and the last ones that ended. */
    Collection<Job> known() {
        return all.values();
    }

    int running() {
        return all.size() - ended.size();
    }

    /** Stops every job, not what a run orders; completes with how many there were when none of them uses CPU any more. */
    Future<Integer> stopJobs() {
        var stopping = all.values().stream().filter(Job::isRunning).toList();
        // One that failed has ended as well.
        return Future.join(List.copyOf(stopping.stream().map(Job::stop).toList()))
                .transform(ended -> Future.succeededFuture(stopping.size()));
    }

    /** Stops all; completes when nothing uses CPU any more. */
    Future<?> close() {
        return Future.join(stopJobs(), ordered.stop());
    }

    /** Since the start. */
    Used used() {
        return all.values().stream()
                .map(Job::used)
                .reduce(forgotten, Used::plus)
                .plus(ordered.used());
    }

    /** Cores that all of them want now. */
    double wanted() {
        return burners().mapToDouble(Burner::load).sum();
    }

    private Stream<Burner> burners() {
        return Stream.concat(jobBurners(), ordered.burners().stream());
    }

    private Stream<Burner> jobBurners() {
        return all.values().stream().filter(Job::isRunning).flatMap(job -> job.burners().stream());
    }

    private void balance() {
        double share = capacity.share(wanted());
        burners().forEach(burner -> burner.holdBack(share));
    }
}

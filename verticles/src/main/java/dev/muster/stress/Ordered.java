package dev.muster.stress;

import dev.muster.measure.CpuBurn.Work;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The load that a run orders over the bus: this pod's part of a profile, which changes while it goes on. As many threads
 * as cores are asked for share it evenly. Owned by one event loop.
 */
final class Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(Ordered.class);

    private final Context context;
    private final Function<Kind, Work> works;
    private final List<Burner> burners = new ArrayList<>();
    /** Those that have been told to end, and have not yet, included. */
    private final Map<Burner, Future<?>> running = new LinkedHashMap<>();

    private Used before = Used.NOTHING;
    private int made;

    /**
     * @param works what each thread does with the CPU
     */
    Ordered(Context context, Function<Kind, Work> works) {
        this.context = context;
        this.works = works;
    }

    /**
     * Burns so much from now on.
     *
     * @param cores may be a fraction; 0 for nothing
     */
    void set(Kind kind, double cores) {
        int threads = (int) Math.ceil(cores);
        while (!burners.isEmpty() && (burners.size() > threads || burners.get(0).kind() != kind)) {
            burners.remove(burners.size() - 1).stop();
        }
        burners.forEach(burner -> burner.load(cores / threads));
        while (burners.size() < threads) {
            double phase = (double) burners.size() / threads;
            start(new Burner(
                    "stress-run-" + made++, kind, () -> works.apply(kind), cores / threads, phase, Long.MAX_VALUE));
        }
    }

    private void start(Burner burner) {
        burners.add(burner);
        running.put(
                burner,
                Future.fromCompletionStage(burner.done(), context).onComplete(done -> ended(burner, done.cause())));
        burner.start();
    }

    /** One that failed leaves its place: the next order fills it. */
    private void ended(Burner burner, @Nullable Throwable cause) {
        if (cause != null) {
            LOG.error("event=stress.burner_failed kind={}", burner.kind().word(), cause);
        }
        burners.remove(burner);
        running.remove(burner);
        before = before.plus(burner.used());
    }

    /** Burns nothing more; completes when that is so. */
    Future<?> stop() {
        set(Kind.FLOAT, 0);
        return running.isEmpty() ? Future.succeededFuture() : Future.join(List.copyOf(running.values()));
    }

    List<Burner> burners() {
        return burners;
    }

    /** Since the start, those that have ended included. */
    Used used() {
        return running.keySet().stream().map(Burner::used).reduce(before, Used::plus);
    }
}

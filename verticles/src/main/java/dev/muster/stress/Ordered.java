package dev.muster.stress;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The load that a run orders over the bus: this pod's part of a profile, which changes while it goes on. As many threads
 * as cores are asked for share it evenly. Owned by one event loop.
 */
final class Ordered {
    private final Context context;
    private final List<Burner> burners = new ArrayList<>();
    private final Map<Burner, Future<?>> ending = new LinkedHashMap<>();
    private Used before = Used.NOTHING;
    private int made;

    Ordered(Context context) {
        this.context = context;
    }

    /**
     * Burns so much from now on.
     *
     * @param cores may be a fraction; 0 for nothing
     */
    void set(Kind kind, double cores) {
        int threads = (int) Math.ceil(cores);
        while (!burners.isEmpty() && (burners.size() > threads || burners.get(0).kind() != kind)) {
            end(burners.remove(burners.size() - 1));
        }
        burners.forEach(burner -> burner.load(cores / threads));
        while (burners.size() < threads) {
            double phase = (double) burners.size() / threads;
            var burner = new Burner("stress-run-" + made++, kind, cores / threads, phase, Long.MAX_VALUE);
            burners.add(burner);
            burner.start();
        }
    }

    private void end(Burner burner) {
        burner.stop();
        var ended = Future.fromCompletionStage(burner.done(), context);
        ending.put(burner, ended);
        ended.onComplete(done -> {
            ending.remove(burner);
            before = before.plus(burner.used());
        });
    }

    /** Burns nothing more; completes when that is so. */
    Future<?> stop() {
        set(Kind.FLOAT, 0);
        return ending.isEmpty() ? Future.succeededFuture() : Future.join(List.copyOf(ending.values()));
    }

    List<Burner> burners() {
        return burners;
    }

    /** Since the start, those that have ended included. */
    Used used() {
        return Stream.concat(burners.stream(), ending.keySet().stream())
                .map(Burner::used)
                .reduce(before, Used::plus);
    }
}

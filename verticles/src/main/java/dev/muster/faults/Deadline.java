package dev.muster.faults;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;

/** How long something may take, from when this was made. */
final class Deadline {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Deed.Pause pause;
    private final Duration time;
    private final long end;

    Deadline(Deed.Pause pause, Duration time) {
        this.pause = pause;
        this.time = time;
        this.end = System.nanoTime() + time.toNanos();
    }

    /** Looks every 500 ms until it is so; fails with what is amiss when the time, or that of all faults, is over. */
    Future<Void> until(String amiss, Supplier<Future<Boolean>> look) {
        return look.get().compose(so -> {
            if (so) {
                return Future.succeededFuture();
            }
            if (System.nanoTime() - end > 0) {
                return Future.failedFuture(amiss + " within " + time.toSeconds() + " s");
            }
            if (pause.isOver()) {
                return Future.failedFuture(amiss + " before the load ended");
            }
            return pause.tick(LOOK).compose(waited -> until(amiss, look));
        });
    }
}

package dev.muster.minion;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Sleeps for so many milliseconds: how late this process's timers are. */
record SleepAction(Vertx vertx) implements Action {
    @Override
    public Future<String> perform(String spec, long timeoutMillis) {
        var millis = Millis.parse(spec);
        if (millis.isEmpty()) {
            return Future.failedFuture(Millis.RANGE);
        }
        long atLeastOne = Math.max(1, millis.getAsLong()); // Vert.x has no shorter timer
        return vertx.timer(atLeastOne).map("");
    }
}

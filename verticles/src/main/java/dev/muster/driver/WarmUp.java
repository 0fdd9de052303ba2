package dev.muster.driver;

import dev.muster.kube.ApiClient;
import dev.muster.kube.Outcome;
import dev.muster.measure.EpochClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Objects that are created and deleted before the load, some at a time: a JVM loads and compiles code when it is first used,
 * and so does the server. Nothing of it is counted. For one event loop.
 */
final class WarmUp {
    private static final int AT_A_TIME = 16;
    /** Beyond every object of a load, so that no name is used twice. */
    private static final long FIRST = 1_000_000_000L;

    private final ApiClient client;
    private final Requests requests;
    private final int count;
    private final EpochClock clock = EpochClock.system();
    private final Promise<Void> done = Promise.promise();
    private int begun;
    private int ended;

    WarmUp(ApiClient client, Requests requests, int count) {
        this.client = client;
        this.requests = requests;
        this.count = count;
    }

    /** Completes when all are gone again; fails with the first that the server does not take. */
    Future<Void> run() {
        if (count == 0) {
            done.complete();
        }
        for (int i = 0; i < Math.min(AT_A_TIME, count); i++) {
            next();
        }
        return done.future();
    }

    private void next() {
        if (begun == count) {
            return;
        }
        long number = FIRST + begun++;
        client.send(requests.create(number, clock.nanos()), created -> {
            if (!(created instanceof Outcome.Done)) {
                done.tryFail("the warm-up's objects can't be created: " + created);
            }
            client.send(requests.delete(number), deleted -> {
                ended++;
                if (ended == count) {
                    done.tryComplete();
                } else {
                    next();
                }
            });
        });
    }
}

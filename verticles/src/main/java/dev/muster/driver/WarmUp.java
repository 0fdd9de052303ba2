package dev.muster.driver;

import dev.muster.kube.ApiClient;
import dev.muster.kube.Outcome;
import dev.muster.kube.Patient;
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

    private final Patient patient;
    private final Requests requests;
    private final int count;
    private final EpochClock clock = EpochClock.system();
    private final Promise<Void> done = Promise.promise();
    private int begun;
    private int underWay;
    private String failure = "";

    WarmUp(ApiClient client, Requests requests, int count) {
        this.patient = new Patient(client, asked -> {});
        this.requests = requests;
        this.count = count;
    }

    /**
     * Completes when all are gone again. When the server does not take one, no other is begun, and it fails once nothing is
     * under way.
     */
    Future<Void> run() {
        for (int i = 0; i < Math.min(AT_A_TIME, Math.max(1, count)); i++) {
            next();
        }
        return done.future();
    }

    /** Begins nothing more. Completes when nothing is under way: what was created is gone, unless the server refuses. */
    Future<Void> stop() {
        if (failure.isEmpty()) {
            failure = "stopped while it warmed up";
        }
        patient.hurry();
        if (underWay == 0) {
            end();
        }
        return done.future().otherwiseEmpty();
    }

    private void next() {
        if (begun < count && failure.isEmpty()) {
            create(FIRST + begun++);
        } else if (underWay == 0) {
            end();
        }
    }

    private void create(long number) {
        underWay++;
        patient.send(() -> requests.create(number, clock.nanos()), created -> {
            if (created instanceof Outcome.Done) {
                delete(number);
            } else {
                ended("created", created);
            }
        });
    }

    private void delete(long number) {
        patient.send(() -> requests.delete(number), deleted -> ended("deleted", deleted));
    }

    private void ended(String what, Outcome outcome) {
        underWay--;
        if (!(outcome instanceof Outcome.Done) && failure.isEmpty()) {
            failure = "the warm-up's objects can't be " + what + ": " + outcome;
        }
        next();
    }

    private void end() {
        if (failure.isEmpty()) {
            done.tryComplete();
        } else {
            done.tryFail(failure);
        }
    }
}

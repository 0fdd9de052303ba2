package dev.muster.driver;

import dev.muster.kube.ApiClient;
import dev.muster.kube.ApiRequest;
import dev.muster.kube.Outcome;
import dev.muster.kube.Patient;
import dev.muster.measure.EpochClock;
import java.util.function.Consumer;

/**
 * Carries out operations and keeps their books: each is counted once under what became of it. A 429 is no error:
 * the operation waits as the server asks and is sent again. For one event loop.
 */
final class Operator {
    private static final int NOT_FOUND = 404;

    private final Patient patient;
    private final Requests requests;
    private final Instruments instruments;
    private final OperationLog log;
    private final EpochClock clock = EpochClock.system();
    private volatile int underWay;
    private boolean stopped;

    Operator(ApiClient client, Requests requests, Instruments instruments, OperationLog log) {
        this.patient = new Patient(client, instruments::throttled);
        this.requests = requests;
        this.instruments = instruments;
        this.log = log;
    }

    /** Operations that have begun and not ended, those that wait after a 429 included. Any thread may ask. */
    int underWay() {
        return underWay;
    }

    /**
     * Begins an operation that was counted as intended.
     *
     * @param doubtful whether it is not known that the object exists: then it is no error when it doesn't
     * @param ended told once what became of it
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void begin(Operation operation, boolean doubtful, Consumer<Outcome> ended) {
        underWay++;
        new Attempt(operation, doubtful, ended).send();
    }

    /** Drops what waits after a 429, now and from now on: the server has not looked at it. */
    void stop() {
        stopped = true;
        patient.hurry();
    }

    /** One operation, sent once or, after answers 429, several times. */
    private final class Attempt {
        private final Operation operation;
        private final boolean doubtful;
        private final Consumer<Outcome> ended;
        private int tries;
        private long before;
        private long sent;

        Attempt(Operation operation, boolean doubtful, Consumer<Outcome> ended) {
            this.operation = operation;
            this.doubtful = doubtful;
            this.ended = ended;
        }

        void send() {
            patient.send(this::request, outcome -> end(settle(outcome)));
        }

        private ApiRequest request() {
            tries++;
            sent = System.nanoTime();
            before = clock.nanos();
            return switch (operation.verb()) {
                case CREATE -> requests.create(operation.number(), before);
                case PATCH -> requests.patch(operation.number(), before);
                case DELETE -> requests.delete(operation.number());
            };
        }

        /** What is not there any more is deleted, if it ever was there. */
        private Outcome settle(Outcome outcome) {
            boolean gone = operation.verb() == Verb.DELETE
                    && outcome instanceof Outcome.Refused refused
                    && refused.status() == NOT_FOUND;
            return gone && (doubtful || tries > 1) ? new Outcome.Done(NOT_FOUND) : outcome;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
        private void end(Outcome outcome) {
            long now = System.nanoTime();
            underWay--;
            if (stopped && outcome instanceof Outcome.Refused refused && refused.throttled()) {
                instruments.dropped(1);
            } else {
                instruments.ended(operation, doubtful, outcome, sent, now);
            }
            log.write(operation, requests.key(operation.number()), before, sent, now - sent, outcome);
            ended.accept(outcome);
        }
    }
}

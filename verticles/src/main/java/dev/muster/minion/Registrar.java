package dev.muster.minion;

import dev.muster.minion.Fleet.Phase;
import dev.muster.minion.MasterClient.Answer;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntConsumer;

/**
 * Registers minions: each with the same id until the master says 200, which it does only after the commit. 400 is final;
 * after anything else the minion tries again. For the event loop.
 */
final class Registrar {
    private final Fleet fleet;
    private final Agenda agenda;
    private final MasterClient master;
    private final Backoff backoff;
    private final Instruments instruments;
    private final Complaints complaints = new Complaints();

    Registrar(Fleet fleet, Agenda agenda, MasterClient master, Backoff backoff, Instruments instruments) {
        this.fleet = fleet;
        this.agenda = agenda;
        this.master = master;
        this.backoff = backoff;
        this.instruments = instruments;
    }

    /** The minion's instant has come. */
    void begin(int minion) {
        instruments.count(MinionCounter.STARTED);
        fleet.enter(minion, Phase.REGISTERING);
        agenda.now(minion);
    }

    /**
     * Sends the registration once.
     *
     * @param acknowledged is told when the master has taken it
     * @return completes, never fails, when the request has ended
     */
    Future<Void> attempt(int minion, IntConsumer acknowledged) {
        int tries = fleet.tryAgain(minion);
        if (tries > 1) {
            instruments.count(MinionCounter.RETRIED);
        }
        return master.register(minion, tries, fleet.began(minion))
                .onSuccess(answer -> conclude(minion, answer, acknowledged))
                .onFailure(failure -> tryLater(minion, Cause.of(failure), String.valueOf(failure), Duration.ZERO))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private void conclude(int minion, Answer answer, IntConsumer acknowledged) {
        switch (answer.status()) {
            case 200 -> {
                acknowledge(minion, answer);
                acknowledged.accept(minion);
            }
            case 400 -> reject(minion, answer);
            default -> {
                var asked = Backoff.retryAfter(answer.retryAfter(), Instant.now());
                tryLater(minion, Cause.of(answer.status()), answer.brief(), asked);
            }
        }
    }

    private void acknowledge(int minion, Answer answer) {
        instruments.latency.record(answer.answeredNanos() - fleet.began(minion));
        instruments.service.record(answer.nanos());
        instruments.tries.record(fleet.tries(minion));
        instruments.count(MinionCounter.ACKNOWLEDGED);
        fleet.owesError(minion, answer.nanos());
        fleet.enter(minion, Phase.POLLING);
    }

    private void reject(int minion, Answer answer) {
        instruments.count(MinionCounter.REJECTED);
        fleet.enter(minion, Phase.REJECTED);
        complaints.tell("minion.rejected", answer.text());
    }

    private void tryLater(int minion, Cause cause, String reason, Duration asked) {
        instruments.count(cause.counter());
        complaints.tell("minion.retry", reason);
        agenda.at(minion, System.nanoTime() + backoff.nanos(fleet.tries(minion), asked));
    }
}

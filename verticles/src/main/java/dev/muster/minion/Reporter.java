package dev.muster.minion;

import dev.muster.minion.Fleet.Phase;
import dev.muster.minion.MasterClient.Answer;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * Reports what became of tasks: each until the master says 200, which it does only after the commit. 400 is final; after
 * anything else it is sent again. For the event loop.
 */
final class Reporter {
    private final Fleet fleet;
    private final Agenda agenda;
    private final MasterClient master;
    private final Backoff backoff;
    private final Instruments instruments;
    private final Complaints complaints = new Complaints();
    private final Map<Integer, Report> due = new HashMap<>();

    Reporter(Fleet fleet, Agenda agenda, MasterClient master, Backoff backoff, Instruments instruments) {
        this.fleet = fleet;
        this.agenda = agenda;
        this.master = master;
        this.backoff = backoff;
        this.instruments = instruments;
    }

    /** The minion's task has ended. */
    void report(int minion, Report report) {
        instruments.count(report.outcome().done() ? MinionCounter.TASKS_DONE : MinionCounter.TASKS_FAILED);
        due.put(minion, report);
        fleet.enter(minion, Phase.REPORTING);
        agenda.now(minion);
    }

    /**
     * Sends the minion's report once.
     *
     * @param told is told when the master has taken it, or never will
     * @return completes, never fails, when the request has ended
     */
    Future<Void> attempt(int minion, IntConsumer told) {
        if (fleet.tryAgain(minion) > 1) {
            instruments.count(MinionCounter.REPORTS_RETRIED);
        }
        return master.report(minion, Objects.requireNonNull(due.get(minion)))
                .onSuccess(answer -> conclude(minion, answer, told))
                .onFailure(failure -> tryLater(minion, String.valueOf(failure), Duration.ZERO))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private void conclude(int minion, Answer answer, IntConsumer told) {
        switch (answer.status()) {
            case 200 -> end(minion, MinionCounter.TASKS_REPORTED, told);
            case 400 -> {
                complaints.tell("minion.report_rejected", answer.text());
                end(minion, MinionCounter.REPORTS_REJECTED, told);
            }
            default -> tryLater(minion, answer.brief(), Backoff.retryAfter(answer.retryAfter(), Instant.now()));
        }
    }

    private void end(int minion, MinionCounter counter, IntConsumer told) {
        instruments.count(counter);
        due.remove(minion);
        fleet.enter(minion, Phase.POLLING);
        told.accept(minion);
    }

    private void tryLater(int minion, String reason, Duration asked) {
        complaints.tell("minion.report_retry", reason);
        agenda.at(minion, System.nanoTime() + backoff.nanos(fleet.tries(minion), asked));
    }
}

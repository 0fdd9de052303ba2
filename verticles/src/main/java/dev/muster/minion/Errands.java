package dev.muster.minion;

import dev.muster.minion.Fleet.Phase;
import dev.muster.minion.MasterClient.Answer;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What registered minions do: ask the master for a task, do it, have it reported, and ask again at once; when there was
 * none, at the minion's next turn. For the event loop.
 */
final class Errands {
    private final Fleet fleet;
    private final Agenda agenda;
    private final MasterClient master;
    private final Worker worker;
    private final Reporter reporter;
    private final Turns turns;
    private final Instruments instruments;
    private final Complaints complaints = new Complaints();
    /** The number of the task that a minion does. */
    private final Map<Integer, Long> working = new HashMap<>();

    Errands(
            Fleet fleet,
            Agenda agenda,
            MasterClient master,
            Worker worker,
            Reporter reporter,
            Turns turns,
            Instruments instruments) {
        this.fleet = fleet;
        this.agenda = agenda;
        this.master = master;
        this.worker = worker;
        this.reporter = reporter;
        this.turns = turns;
        this.instruments = instruments;
    }

    /** Has the minion ask for a task at its next turn, if minions ask at all. */
    void waitForTurn(int minion) {
        waitForTurn(minion, Duration.ZERO);
    }

    private void waitForTurn(int minion, Duration atLeast) {
        if (turns.any()) {
            agenda.at(minion, turns.after(minion, System.nanoTime() + atLeast.toNanos()));
        }
    }

    /** Asks for a task. Completes, never fails, when the request has ended. */
    Future<Void> ask(int minion) {
        return master.task(minion, fleet.errorMicros(minion))
                .onSuccess(answer -> answered(minion, answer))
                .onFailure(failure -> unanswered(minion, String.valueOf(failure), Duration.ZERO))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private void answered(int minion, Answer answer) {
        switch (answer.status()) {
            case 204 -> {
                heard(minion);
                waitForTurn(minion);
            }
            case 200 -> {
                heard(minion);
                take(minion, Assignment.parse(answer.text()));
            }
            default -> unanswered(minion, answer.brief(), Backoff.retryAfter(answer.retryAfter(), Instant.now()));
        }
    }

    private void heard(int minion) {
        instruments.count(MinionCounter.POLLED);
        fleet.toldError(minion);
    }

    private void unanswered(int minion, String reason, Duration asked) {
        instruments.count(MinionCounter.POLL_FAILED);
        complaints.tell("minion.poll_failed", reason);
        waitForTurn(minion, asked);
    }

    private void take(int minion, Assignment assignment) {
        instruments.count(MinionCounter.TASKS_FETCHED);
        if (assignment instanceof Assignment.Task task) {
            work(minion, task);
        } else if (assignment instanceof Assignment.Malformed malformed) {
            refuse(minion, malformed);
        }
    }

    private void work(int minion, Assignment.Task task) {
        working.put(minion, task.number());
        fleet.enter(minion, Phase.WORKING);
        worker.perform(task).onSuccess(outcome -> {
            // Not when the minion was stopped meanwhile: then the task has ended already.
            if (working.remove(minion, task.number())) {
                reporter.report(minion, new Report(task.number(), outcome));
            }
        });
    }

    private void refuse(int minion, Assignment.Malformed malformed) {
        instruments.count(MinionCounter.TASKS_MALFORMED);
        complaints.tell("minion.task_malformed", malformed.reason());
        malformed
                .number()
                .ifPresentOrElse(
                        number -> reporter.report(minion, new Report(number, Outcome.neverBegun(malformed.reason()))),
                        () -> waitForTurn(minion));
    }

    /** Ends every task under way as failed. */
    void abandon() {
        var given = Map.copyOf(working);
        working.clear();
        given.forEach((minion, task) ->
                reporter.report(minion, new Report(task, Outcome.neverBegun("the minion was stopped"))));
    }
}

package dev.muster.store;

import dev.muster.bus.Append;
import dev.muster.bus.Appended.Outcome;
import dev.muster.bus.Appended.Result;
import dev.muster.bus.DeleteStream;
import dev.muster.bus.Failure;
import dev.muster.sql.SqlFailures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the order within each stream: of the same stream at most one item is on its way to the database; what comes
 * meanwhile waits and then goes together. Different streams know nothing of each other. Belongs to one event loop.
 */
final class Appender {
    /** Of appends that wait or are on their way, all streams together. */
    private static final long MOST_BYTES = 128L << 20;

    private final Rounds rounds;
    private final int batch;
    private final int queue;
    private final Map<String, Line> lines = new HashMap<>();
    private long bytes;
    private int events;

    /** How the work at the front of a line is done. */
    interface Rounds {
        /** Appends some to one stream. Never fails. */
        Future<List<Outcome>> append(List<Append> appends);

        /** Never fails. */
        Future<Outcome> delete(DeleteStream deletion);
    }

    /** Something to do with a stream. */
    private sealed interface Work {}

    private record Appending(Append append, Promise<Outcome> outcome) implements Work {}

    private record Deleting(DeleteStream deletion, Promise<Outcome> outcome) implements Work {}

    /** What is to be done with one stream, in its order. It is there as long as its front is being done. */
    private record Line(Deque<Work> waiting) {}

    /**
     * @param batch events that go together at most, unless one append has more
     * @param queue events that may wait or be on their way
     */
    Appender(Rounds rounds, int batch, int queue) {
        this.rounds = rounds;
        this.batch = batch;
        this.queue = queue;
    }

    /** Appends. Never fails: the outcome says what went wrong. */
    Future<Outcome> append(Append append) {
        long size = EventRows.bytes(append.events());
        int count = append.events().size();
        if (bytes + size > MOST_BYTES || events + count > queue) {
            return Future.succeededFuture(new Outcome(Result.UNAVAILABLE, -1, "the queue is full"));
        }
        bytes += size;
        events += count;
        var outcome = Promise.<Outcome>promise();
        add(append.stream(), new Appending(append, outcome));
        return outcome.future().andThen(done -> {
            bytes -= size;
            events -= count;
        });
    }

    /** Deletes. Never fails. */
    Future<Outcome> delete(DeleteStream deletion) {
        var outcome = Promise.<Outcome>promise();
        add(deletion.stream(), new Deleting(deletion, outcome));
        return outcome.future();
    }

    private void add(String stream, Work work) {
        var line = lines.get(stream);
        if (line != null) {
            line.waiting().add(work);
            return;
        }
        var begun = new Line(new ArrayDeque<>());
        lines.put(stream, begun);
        begun.waiting().add(work);
        next(stream, begun);
    }

    private void next(String stream, Line line) {
        var front = line.waiting().peek();
        if (front == null) {
            lines.remove(stream);
        } else if (front instanceof Deleting deleting) {
            line.waiting().remove();
            rounds.delete(deleting.deletion()).onSuccess(outcome -> {
                deleting.outcome().complete(outcome);
                next(stream, line);
            });
        } else {
            var group = group(line);
            rounds.append(group.stream().map(Appending::append).toList()).onSuccess(outcomes -> {
                for (int i = 0; i < group.size(); i++) {
                    group.get(i).outcome().complete(outcomes.get(i));
                }
                next(stream, line);
            });
        }
    }

    /** The appends at the front, as many as make a batch. */
    private List<Appending> group(Line line) {
        var group = new ArrayList<Appending>();
        int rows = 0;
        long size = 0;
        while (line.waiting().peek() instanceof Appending next) {
            rows += next.append().events().size();
            size += EventRows.bytes(next.append().events());
            if (!group.isEmpty() && (rows > batch || size > Round.MOST_BYTES)) {
                break;
            }
            line.waiting().remove();
            group.add(next);
        }
        return group;
    }

    /** What a failure of the database means for the one who asked. */
    static Outcome failed(Throwable cause) {
        var result =
                switch (SqlFailures.of(cause)) {
                    case BAD_REQUEST -> Result.REFUSED;
                    case UNAVAILABLE, CONFLICT -> Result.UNAVAILABLE;
                    case FORBIDDEN, INTERNAL -> Result.FAILED;
                };
        return new Outcome(result, -1, Optional.ofNullable(cause.getMessage()).orElse(Failure.INTERNAL.name()));
    }
}

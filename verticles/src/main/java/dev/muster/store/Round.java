package dev.muster.store;

import dev.muster.bus.Append;
import dev.muster.bus.Appended.Outcome;
import dev.muster.bus.Appended.Result;
import dev.muster.bus.DeleteStream;
import dev.muster.bus.Failure;
import dev.muster.bus.NewEvent;
import dev.muster.measure.Counters;
import dev.muster.measure.EpochClock;
import dev.muster.sql.BatchWriter;
import dev.muster.sql.SqlFailures;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Does one piece of work with one stream: judges it against the head that is remembered, stores what is to be stored,
 * and begins anew from the head in the database when its keys say that another process was faster. Nothing is refused
 * because of a remembered head. Belongs to one event loop; the caller does one piece of work at a time with each stream.
 */
final class Round implements Appender.Rounds {
    /** Of the events that go together. */
    static final long MOST_BYTES = 1 << 20;

    /** Each time that a key is taken, another process has stored something: after so many it may try again itself. */
    private static final int MOST_TRIES = 16;

    private static final byte[] NOTHING = {};

    private final EventTable table;
    private final BatchWriter<EventRows> writer;
    private final HeadCache heads;
    private final Counters<StoreCounter> counters;
    private final EpochClock clock = EpochClock.system();

    Round(EventTable table, BatchWriter<EventRows> writer, HeadCache heads, Counters<StoreCounter> counters) {
        this.table = table;
        this.writer = writer;
        this.heads = heads;
        this.counters = counters;
    }

    @Override
    public Future<List<Outcome>> append(List<Append> appends) {
        var stream = appends.get(0).stream();
        var remembered = heads.get(stream);
        var begun = remembered.isPresent() || appends.get(0).expected() == Append.NO_STREAM
                // Who begins a stream says that there is nothing to look up; the key finds out if that is wrong.
                ? guess(appends, remembered.orElse(Head.NONE))
                : look(appends, 1);
        return begun.recover(cause -> {
            heads.forget(stream);
            return Future.succeededFuture(Collections.nCopies(appends.size(), Appender.failed(cause)));
        });
    }

    private Future<List<Outcome>> guess(List<Append> appends, Head head) {
        var judgement = Judgement.of(appends, head, Map.of());
        return judgement.isSure() ? store(appends, judgement, 1) : look(appends, 1);
    }

    private Future<List<Outcome>> look(List<Append> appends, int tries) {
        var ids = new ArrayList<String>();
        appends.forEach(append -> append.events().forEach(event -> ids.add(event.id())));
        return table.look(appends.get(0).stream(), ids)
                .compose(found -> store(appends, Judgement.of(appends, found.head(), found.known()), tries));
    }

    private Future<List<Outcome>> store(List<Append> appends, Judgement judgement, int tries) {
        var stream = appends.get(0).stream();
        if (judgement.events().isEmpty()) {
            heads.put(stream, judgement.head());
            return Future.succeededFuture(judgement.outcomes());
        }
        var rows = new EventRows(stream, judgement.first(), judgement.events(), clock.nanos() / 1_000, false);
        return writer.write(rows).transform(stored -> {
            if (stored.succeeded()) {
                heads.put(stream, judgement.head());
                return Future.succeededFuture(judgement.outcomes());
            }
            return again(appends, tries, stored.cause());
        });
    }

    private Future<List<Outcome>> again(List<Append> appends, int tries, Throwable cause) {
        heads.forget(appends.get(0).stream());
        var failure = SqlFailures.of(cause);
        if (failure == Failure.CONFLICT && tries < MOST_TRIES) {
            counters.increment(StoreCounter.CONFLICTS);
            return look(appends, tries + 1);
        }
        if (failure == Failure.BAD_REQUEST && appends.size() > 1) {
            return eachAlone(appends);
        }
        return Future.failedFuture(cause);
    }

    /** The database refuses one of them for its data: the others must not suffer. */
    private Future<List<Outcome>> eachAlone(List<Append> appends) {
        var outcomes = new ArrayList<Outcome>();
        var done = Future.<Void>succeededFuture();
        for (var each : appends) {
            done = done.compose(
                    before -> append(List.of(each)).onSuccess(outcomes::addAll).mapEmpty());
        }
        return done.map(all -> outcomes);
    }

    @Override
    public Future<Outcome> delete(DeleteStream deletion) {
        heads.forget(deletion.stream());
        return delete(deletion, 1).recover(cause -> Future.succeededFuture(Appender.failed(cause)));
    }

    private Future<Outcome> delete(DeleteStream deletion, int tries) {
        return table.look(deletion.stream(), List.of()).compose(found -> {
            var head = found.head();
            // An append of nothing is judged as any other one.
            var refused = Judgement.of(
                            List.of(new Append(deletion.stream(), deletion.expected(), List.of())), head, Map.of())
                    .outcomes()
                    .get(0);
            if (refused.result() != Result.STORED) {
                return Future.succeededFuture(refused);
            }
            var deleted = deletion.hard() ? bury(deletion, head, tries) : hide(deletion, head);
            return deleted;
        });
    }

    private Future<Outcome> hide(DeleteStream deletion, Head head) {
        var stored = new Outcome(Result.STORED, head.number(), "");
        return head.exists()
                ? table.hide(deletion.stream(), head.number()).map(stored)
                : Future.succeededFuture(stored);
    }

    /** The tombstone takes the next number, so that whoever would append behind the old head meets a taken key. */
    private Future<Outcome> bury(DeleteStream deletion, Head head, int tries) {
        var tombstone = new NewEvent(UUID.randomUUID().toString(), "$tombstone", false, NOTHING, NOTHING);
        var rows = new EventRows(deletion.stream(), head.number() + 1, List.of(tombstone), clock.nanos() / 1_000, true);
        return writer.write(rows).transform(stored -> {
            if (stored.succeeded()) {
                return Future.succeededFuture(new Outcome(Result.STORED, head.number() + 1, ""));
            }
            return SqlFailures.of(stored.cause()) == Failure.CONFLICT && tries < MOST_TRIES
                    ? delete(deletion, tries + 1)
                    : Future.failedFuture(stored.cause());
        });
    }
}

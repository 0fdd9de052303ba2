package dev.muster.streams;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.muster.measure.Counters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Reads streams back, one after another, and holds what is there against what was acknowledged. A store that does not
 * answer is asked again for a while; what it then has not shown is lost. Belongs to one event loop.
 */
final class ReadBack implements Wire.Client {
    private static final int PAGE = 1_000;
    private static final JsonFactory JSON = new JsonFactory();

    /** One that is given up after a time-out longer than all patience is asked again nevertheless. */
    private static final int LEAST_TRIES = 3;

    private final Users users;
    private final Requests requests;
    private final Written written;
    private final Counters<StreamsCounter> counters;
    private final Promise<Void> done = Promise.promise();
    private final Patience patience;
    private final Wire wire;
    private Written.Stream stream = new Written.Stream(new StreamId(0, 0), new BitSet(), 0);
    private BitSet seen = new BitSet();
    private long from;
    private long began;
    private int tries;

    ReadBack(Users users, Requests requests, Written written, Counters<StreamsCounter> counters, Patience patience) {
        this.users = users;
        this.requests = requests;
        this.written = written;
        this.counters = counters;
        this.patience = patience;
        this.wire = users.wire(this);
    }

    /** Until there is nothing to read back. */
    Future<Void> run() {
        next();
        return done.future();
    }

    private void next() {
        var taken = written.take();
        while (taken.isPresent()) {
            begin(taken.get());
            if (!patience.isOver(began)) {
                ask();
                return;
            }
            count(); // nobody is there to be asked
            taken = written.take();
        }
        wire.close();
        done.complete();
    }

    private void begin(Written.Stream taken) {
        stream = taken;
        seen = new BitSet();
        from = 0;
        began = System.nanoTime();
        tries = 0;
    }

    private void ask() {
        wire.send(requests.page(stream.id(), from, PAGE), true);
    }

    @Override
    public void answered(Wire asked, int status) {
        if (status == 200) {
            progress();
            int found = page(asked.answer().body());
            if (found == PAGE) {
                from += PAGE;
                ask();
                return;
            }
            compare();
        } else if (status == 404 || status == 410) {
            progress();
            compare();
        } else {
            again();
        }
    }

    /** Gives up a request that takes too long. */
    void expire(long now) {
        wire.expire(now);
    }

    @Override
    public void failed(Wire asked, Failing why) {
        again();
    }

    private void progress() {
        began = System.nanoTime();
        patience.answered(began);
    }

    private void again() {
        long now = System.nanoTime();
        tries++;
        if (tries >= LEAST_TRIES && (patience.isOver(now) || patience.isOver(began, now))) {
            compare();
        } else {
            users.later(this::ask);
        }
    }

    /** Notes the events of a page and returns how many it has. */
    private int page(Buffer body) {
        try {
            var ids = ids(body);
            for (var id : ids) {
                note(id);
            }
            return ids.size();
        } catch (IOException noJson) {
            return 0;
        }
    }

    private void note(String id) {
        int number = stream.id().number(id);
        if (number >= 0 && number < stream.acknowledged().length()) {
            if (seen.get(number)) {
                counters.increment(StreamsCounter.DUPLICATED);
                users.aftermath().duplicated(stream.faultsBefore());
            }
            seen.set(number);
        }
    }

    private static List<String> ids(Buffer body) throws IOException {
        var ids = new ArrayList<String>();
        try (var parser = JSON.createParser(body.getBytes())) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && parser.currentName().equals("eventId")) {
                    ids.add(parser.nextTextValue());
                }
            }
        }
        return ids;
    }

    private void compare() {
        count();
        next();
    }

    private void count() {
        int acknowledged = stream.acknowledged().cardinality();
        var lost = (BitSet) stream.acknowledged().clone();
        lost.andNot(seen);
        counters.add(StreamsCounter.READ_BACK, acknowledged);
        counters.add(StreamsCounter.LOST, lost.cardinality());
        users.aftermath().lost(stream.faultsBefore(), lost.cardinality());
    }
}

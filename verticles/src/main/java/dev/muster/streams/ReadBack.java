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
    private static final int MOST_TRIES = 600;
    private static final JsonFactory JSON = new JsonFactory();

    private final Users users;
    private final Requests requests;
    private final Written written;
    private final Counters<StreamsCounter> counters;
    private final Promise<Void> done = Promise.promise();
    private final Wire wire;
    private Written.Stream stream = new Written.Stream(new StreamId(0, 0), new BitSet(), 0);
    private BitSet seen = new BitSet();
    private long from;
    private int tries;

    ReadBack(Users users, Requests requests, Written written, Counters<StreamsCounter> counters) {
        this.users = users;
        this.requests = requests;
        this.written = written;
        this.counters = counters;
        this.wire = users.wire(this);
    }

    /** Until there is nothing to read back. */
    Future<Void> run() {
        next();
        return done.future();
    }

    private void next() {
        var taken = written.take();
        if (taken.isEmpty()) {
            wire.close();
            done.complete();
            return;
        }
        stream = taken.get();
        seen = new BitSet();
        from = 0;
        tries = 0;
        ask();
    }

    private void ask() {
        wire.send(requests.page(stream.id(), from, PAGE), true);
    }

    @Override
    public void answered(Wire asked, int status) {
        if (status == 200) {
            int found = page(asked.answer().body());
            if (found == PAGE) {
                from += PAGE;
                ask();
                return;
            }
            compare();
        } else if (status == 404 || status == 410) {
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

    private void again() {
        tries++;
        if (tries < MOST_TRIES) {
            users.later(this::ask);
        } else {
            compare();
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
        for (int number = 0; number < stream.acknowledged().length(); number++) {
            if (stream.id().event(number).toString().equals(id)) {
                if (seen.get(number)) {
                    counters.increment(StreamsCounter.DUPLICATED);
                    users.aftermath().duplicated(stream.faultsBefore());
                }
                seen.set(number);
                return;
            }
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
        int acknowledged = stream.acknowledged().cardinality();
        var lost = (BitSet) stream.acknowledged().clone();
        lost.andNot(seen);
        counters.add(StreamsCounter.READ_BACK, acknowledged);
        counters.add(StreamsCounter.LOST, lost.cardinality());
        users.aftermath().lost(stream.faultsBefore(), lost.cardinality());
        next();
    }
}

package dev.muster.streams;

import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * One user: creates a stream by appending events to it, reads it whole, and reads each event; whatever fails, it goes on
 * with the next request, as the original's script does. Belongs to one event loop.
 */
final class VirtualUser implements Wire.Client {
    private final Users users;
    private final Requests requests;
    private final Instruments instruments;
    private final Wire wire;
    private final int steps;
    private final boolean open;
    private final SplittableRandom random;
    private final Aftermath aftermath;
    private final Gaps gaps;
    private StreamId stream = new StreamId(0, 0);
    private BitSet acknowledged = new BitSet();
    private boolean running;
    private int step;
    private long began;
    private long intended;
    private int faultsBefore;

    VirtualUser(Users users, Setup setup, Requests requests, Instruments instruments, SplittableRandom random) {
        this.users = users;
        this.requests = requests;
        this.instruments = instruments;
        this.random = random;
        this.steps = setup.requests();
        this.open = setup.isOpen();
        this.wire = users.wire(this);
        this.aftermath = users.aftermath();
        this.gaps = new Gaps(aftermath.windows());
    }

    /**
     * Begins an iteration.
     *
     * @param when it was to begin, of {@link System#nanoTime}
     */
    void begin(long when) {
        intended = when;
        began = System.nanoTime();
        stream = StreamId.random(random);
        acknowledged = new BitSet();
        faultsBefore = aftermath.windows().count();
        gaps.begin(began);
        step = 0;
        running = true;
        send();
    }

    private void send() {
        instruments.counters.increment(StreamsCounter.REQUESTS);
        wire.send(requests.request(stream, step), false);
    }

    @Override
    public void answered(Wire done, int status) {
        long now = System.nanoTime();
        var kind = requests.kind(step);
        count(done, kind, true, now);
        if (status == kind.status()) {
            instruments.counters.increment(StreamsCounter.CHECKS_PASSED);
            instruments.counters.increment(kind.passed());
            aftermath.success(now);
            gaps.success(now);
            if (kind == Kind.APPEND) {
                acknowledge();
            }
        } else {
            failure(kind);
            instruments.counters.increment(StreamsCounter.WRONG_STATUS);
        }
        next(now);
    }

    private void failure(Kind kind) {
        instruments.counters.increment(StreamsCounter.CHECKS_FAILED);
        instruments.counters.increment(kind.failed());
        aftermath.failure();
        gaps.failure();
    }

    private void acknowledge() {
        int first = requests.firstEvent(step);
        int count = requests.count(step);
        acknowledged.set(first, first + count);
        instruments.counters.add(StreamsCounter.ACKNOWLEDGED, count);
    }

    @Override
    public void failed(Wire done, Failing why) {
        long now = System.nanoTime();
        var kind = requests.kind(step);
        if (done.wasSent()) {
            count(done, kind, false, now);
        }
        failure(kind);
        instruments.counters.increment(why.counter());
        if (why == Failing.REFUSED || why == Failing.BROKEN) {
            users.later(this::goOn);
        } else {
            next(now);
        }
    }

    private void goOn() {
        if (running) {
            next(System.nanoTime());
        }
    }

    private void count(Wire done, Kind kind, boolean whole, long now) {
        done.time(instruments, kind, whole, now);
        instruments.counters.add(StreamsCounter.SENT, done.sent());
        instruments.counters.add(StreamsCounter.RECEIVED, done.received());
    }

    private void next(long now) {
        step++;
        if (step < steps) {
            send();
            return;
        }
        instruments.counters.increment(StreamsCounter.ITERATIONS);
        instruments.iteration.record(now - began);
        if (open) {
            instruments.latency.record(now - intended);
        }
        end();
    }

    private void end() {
        running = false;
        users.ended(this, new Written.Stream(stream, acknowledged, faultsBefore));
    }

    /** Ends an iteration that is under way where it is: it counts as interrupted. */
    void giveUp() {
        if (running) {
            wire.close();
            instruments.counters.increment(StreamsCounter.INTERRUPTED);
            gaps.failure(); // what it waited for has not come
            end();
        }
    }

    /** Gives up a request that takes too long. */
    void expire(long now) {
        wire.expire(now);
    }

    /** Its times without a success, up to now, which is its end. */
    Gaps finish(long now) {
        gaps.finish(now);
        return gaps;
    }

    void close() {
        wire.close();
    }
}

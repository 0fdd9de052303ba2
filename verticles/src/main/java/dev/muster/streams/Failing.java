package dev.muster.streams;

/** How a request fails that has no answer. */
enum Failing {
    TRUNCATED(StreamsCounter.TRUNCATED),
    TIMED_OUT(StreamsCounter.TIMED_OUT),
    REFUSED(StreamsCounter.REFUSED),
    BROKEN(StreamsCounter.BROKEN),
    UNREADABLE(StreamsCounter.UNREADABLE);

    private final StreamsCounter counter;

    Failing(StreamsCounter counter) {
        this.counter = counter;
    }

    StreamsCounter counter() {
        return counter;
    }
}

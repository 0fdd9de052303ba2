package dev.muster.streams;

/** The kinds of requests of an iteration, and the status that each is to be answered with. */
enum Kind {
    APPEND(201),
    READ_STREAM(200),
    READ_EVENT(200);

    private final int status;

    Kind(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }
}

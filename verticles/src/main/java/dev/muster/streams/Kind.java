package dev.muster.streams;

/** The kinds of requests of an iteration, and the check that each is to pass: {@code is status 201} or {@code 200}. */
enum Kind {
    APPEND(201, StreamsCounter.IS_STATUS_201_PASSED, StreamsCounter.IS_STATUS_201_FAILED),
    READ_STREAM(200, StreamsCounter.IS_STATUS_200_PASSED, StreamsCounter.IS_STATUS_200_FAILED),
    READ_EVENT(200, StreamsCounter.IS_STATUS_200_PASSED, StreamsCounter.IS_STATUS_200_FAILED);

    private final int status;
    private final StreamsCounter passed;
    private final StreamsCounter failed;

    Kind(int status, StreamsCounter passed, StreamsCounter failed) {
        this.status = status;
        this.passed = passed;
        this.failed = failed;
    }

    int status() {
        return status;
    }

    /** Counts those that passed. */
    StreamsCounter passed() {
        return passed;
    }

    /** Counts those that did not. */
    StreamsCounter failed() {
        return failed;
    }
}

package dev.muster.minion;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Options for a test: quick ones, to be changed one by one. */
record TestOptions(
        int count,
        String masterUrl,
        Duration ramp,
        Arrival arrival,
        @Nullable Long seed,
        @Nullable String id,
        String run,
        int connections,
        Duration timeout,
        Duration retryMax,
        Duration poll)
        implements MinionOptions {
    static TestOptions of(int count, String masterUrl) {
        return new TestOptions(
                count,
                masterUrl,
                Duration.ZERO,
                Arrival.CONSTANT,
                1L,
                "m",
                "",
                8,
                Duration.ofSeconds(10),
                Duration.ofMillis(100),
                Duration.ZERO);
    }

    @Override
    public boolean hold() {
        return false;
    }

    TestOptions ramp(Duration changed, Arrival process) {
        return new TestOptions(count, masterUrl, changed, process, seed, id, run, connections, timeout, retryMax, poll);
    }

    TestOptions id(@Nullable String changed) {
        return new TestOptions(
                count, masterUrl, ramp, arrival, seed, changed, run, connections, timeout, retryMax, poll);
    }

    TestOptions run(String changed) {
        return new TestOptions(
                count, masterUrl, ramp, arrival, seed, id, changed, connections, timeout, retryMax, poll);
    }

    TestOptions connections(int changed) {
        return new TestOptions(count, masterUrl, ramp, arrival, seed, id, run, changed, timeout, retryMax, poll);
    }

    TestOptions timeout(Duration changed) {
        return new TestOptions(count, masterUrl, ramp, arrival, seed, id, run, connections, changed, retryMax, poll);
    }

    TestOptions poll(Duration changed) {
        return new TestOptions(count, masterUrl, ramp, arrival, seed, id, run, connections, timeout, retryMax, changed);
    }
}

package dev.muster.engine;

import java.time.Duration;
import java.util.List;

/** Options for a test: quick ones, to be changed one by one. */
record TestOptions(
        String broker,
        int count,
        String id,
        Protocol protocol,
        Duration heartbeat,
        Duration ramp,
        Duration timeout,
        String retry,
        Duration retryWait,
        List<String> sourceAddresses,
        boolean hold,
        int warmUp)
        implements EngineOptions {
    static TestOptions of(int count, int port) {
        return new TestOptions(
                "127.0.0.1:" + port,
                count,
                "e",
                Protocol.V2,
                Duration.ofMillis(100),
                Duration.ZERO,
                Duration.ofSeconds(10),
                "4",
                Duration.ofMillis(30),
                List.of(),
                false,
                0);
    }

    @Override
    public Duration tick() {
        return Duration.ofMillis(1);
    }

    TestOptions broker(String changed) {
        return new TestOptions(
                changed,
                count,
                id,
                protocol,
                heartbeat,
                ramp,
                timeout,
                retry,
                retryWait,
                sourceAddresses,
                hold,
                warmUp);
    }

    TestOptions protocol(Protocol changed) {
        return new TestOptions(
                broker, count, id, changed, heartbeat, ramp, timeout, retry, retryWait, sourceAddresses, hold, warmUp);
    }

    TestOptions retry(String changed) {
        return new TestOptions(
                broker,
                count,
                id,
                protocol,
                heartbeat,
                ramp,
                timeout,
                changed,
                retryWait,
                sourceAddresses,
                hold,
                warmUp);
    }

    TestOptions heartbeat(Duration changed) {
        return new TestOptions(
                broker, count, id, protocol, changed, ramp, timeout, retry, retryWait, sourceAddresses, hold, warmUp);
    }

    TestOptions timeout(Duration changed) {
        return new TestOptions(
                broker, count, id, protocol, heartbeat, ramp, changed, retry, retryWait, sourceAddresses, hold, warmUp);
    }

    TestOptions sources(List<String> changed) {
        return new TestOptions(
                broker, count, id, protocol, heartbeat, ramp, timeout, retry, retryWait, changed, hold, warmUp);
    }

    TestOptions held() {
        return new TestOptions(
                broker, count, id, protocol, heartbeat, ramp, timeout, retry, retryWait, sourceAddresses, true, warmUp);
    }

    TestOptions ramp(Duration changed) {
        return new TestOptions(
                broker,
                count,
                id,
                protocol,
                heartbeat,
                changed,
                timeout,
                retry,
                retryWait,
                sourceAddresses,
                hold,
                warmUp);
    }

    TestOptions warmUp(int changed) {
        return new TestOptions(
                broker,
                count,
                id,
                protocol,
                heartbeat,
                ramp,
                timeout,
                retry,
                retryWait,
                sourceAddresses,
                hold,
                changed);
    }
}

package dev.muster.measure;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PacerTest {
    private final Recorder lateness = new Recorder(HealthMetric.LATENESS);

    private record Call(long index, long intended, long at) {}

    @Property(tries = 40)
    void shouldNeverSkipShiftNorHurryAnArrival(
            @ForAll @Size(max = 60) List<@LongRange(max = 30_000_000) Long> anyOffsets,
            @ForAll @LongRange(max = 2_000_000) long listenerNanos) {
        var offsets = anyOffsets.stream().mapToLong(Long::longValue).sorted().toArray();
        var recorder = new Recorder(HealthMetric.LATENESS);
        var calls = new ArrayList<Call>();

        long before = System.nanoTime();
        var pacer = Pacer.start(
                "pacer", () -> java.util.stream.LongStream.of(offsets).iterator(), recorder, (i, at) -> {
                    calls.add(new Call(i, at, System.nanoTime()));
                    LockSupport.parkNanos(i % 7 == 0 ? listenerNanos : 0);
                });

        assertThat(ended(pacer)).isEqualTo(offsets.length);
        assertThat(calls).hasSize(offsets.length);
        for (int i = 0; i < offsets.length; i++) {
            var call = calls.get(i);
            assertThat(call.index).isEqualTo(i);
            assertThat(call.at - call.intended).isNotNegative();
            assertThat(call.intended - calls.get(0).intended).isEqualTo(offsets[i] - offsets[0]);
            assertThat(call.intended - before).isGreaterThanOrEqualTo(offsets[i]);
        }
        var recorded = new Distribution();
        recorder.drainTo(recorded);
        assertThat(recorded.count()).isEqualTo(offsets.length);
        assertThat(recorded.countAtMost(-1)).isZero();
    }

    @Test
    void shouldCatchUpInABurstWithTheIntendedTimes() {
        var calls = new CopyOnWriteArrayList<Call>();

        var pacer = Pacer.start("pacer", ArrivalProcess.constant(1_000).first(100), lateness, (i, at) -> {
            if (i == 10) {
                LockSupport.parkNanos(300_000_000);
            }
            calls.add(new Call(i, at, System.nanoTime()));
        });

        ended(pacer);
        long start = calls.get(0).intended;
        assertThat(calls).allMatch(call -> call.intended - start == call.index * 1_000_000);
        var recorded = new Distribution();
        lateness.drainTo(recorded);
        assertThat(recorded.max())
                .as("the lateness of the first call after the hold-up")
                .isGreaterThan(250_000_000);
        assertThat(recorded.percentile(60))
                .as("all that became due meanwhile are late")
                .isGreaterThan(150_000_000);
    }

    @Test
    void shouldStopWhileItSleeps() {
        var called = new CountDownLatch(1);
        var pacer = Pacer.start("pacer", ArrivalProcess.constant(0.001), lateness, (i, at) -> called.countDown());
        await().atMost(10, SECONDS).until(() -> called.getCount() == 0);

        pacer.stop();

        await().atMost(10, SECONDS)
                .until(() -> pacer.done().toCompletableFuture().isDone());
        assertThat(ended(pacer)).isEqualTo(1);
    }

    @Test
    void shouldStopInTheMiddleOfABurst() {
        var pacers = new CopyOnWriteArrayList<Pacer>();
        var ready = new CountDownLatch(1);

        var pacer = Pacer.start("pacer", ArrivalProcess.constant(Double.POSITIVE_INFINITY), lateness, (i, at) -> {
            awaitUninterruptibly(ready);
            if (i == 1_000) {
                pacers.forEach(Pacer::stop);
            }
        });
        pacers.add(pacer);
        ready.countDown();

        assertThat(ended(pacer)).isEqualTo(1_001);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldGoOnAfterAnExceptionAndTellOfIt() {
        var calls = new CopyOnWriteArrayList<Long>();

        var pacer = Pacer.start("pacer", ArrivalProcess.constant(10_000).first(20), lateness, (i, at) -> {
            calls.add(i);
            if (i % 5 == 2) {
                throw new IllegalStateException("arrival " + i);
            }
        });

        assertThatThrownBy(() -> ended(pacer))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("arrival 2");
        assertThat(calls).hasSize(20);
        assertThat(pacer.arrivals()).isEqualTo(20);
        assertThat(pacer.failures()).isEqualTo(4);
    }

    @Test
    void shouldEndWithAnError() {
        var pacer = Pacer.start("pacer", ArrivalProcess.constant(10_000), lateness, (i, at) -> {
            throw new AssertionError("out of something");
        });

        assertThatThrownBy(() -> ended(pacer)).hasRootCauseMessage("out of something");
        assertThat(pacer.arrivals()).isEqualTo(1);
    }

    @Test
    @Tag("smoke")
    void shouldBeADaemonWithItsName() {
        var threads = new CopyOnWriteArrayList<Thread>();

        Pacer.start(
                        "pacer-7",
                        ArrivalProcess.constant(1).first(1),
                        lateness,
                        (i, at) -> threads.add(Thread.currentThread()))
                .done()
                .toCompletableFuture()
                .join();

        assertThat(threads).singleElement().satisfies(thread -> {
            assertThat(thread.getName()).isEqualTo("pacer-7");
            assertThat(thread.isDaemon()).isTrue();
        });
    }

    /** The number of arrivals, once the schedule has ended. */
    private static long ended(Pacer pacer) {
        return pacer.done().toCompletableFuture().orTimeout(30, SECONDS).join();
    }
}

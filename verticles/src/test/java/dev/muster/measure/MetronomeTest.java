package dev.muster.measure;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetronomeTest {
    private final Metronome metronome = Metronome.start("test-metronome");

    @AfterEach
    void close() {
        metronome.close();
    }

    @Test
    void shouldNeverBeatBeforeItsTime() {
        long first = System.nanoTime() + MILLISECONDS.toNanos(5);
        var times = new ConcurrentLinkedQueue<Long>();

        metronome.beat(first, MILLISECONDS.toNanos(2), Runnable::run, () -> times.add(System.nanoTime()));

        await().atMost(20, SECONDS).until(() -> times.size() >= 50);
        long due = first;
        for (long time : List.copyOf(times)) {
            assertThat(time).isGreaterThanOrEqualTo(due);
            due += MILLISECONDS.toNanos(2);
        }
    }

    @Test
    void shouldBeatForManyWhoseOrderChanges() {
        var counts = new ArrayList<AtomicInteger>();
        long now = System.nanoTime();
        for (int i = 1; i <= 100; i++) {
            var count = new AtomicInteger();
            counts.add(count);
            metronome.beat(now, MILLISECONDS.toNanos(i), Runnable::run, count::incrementAndGet);
        }

        await().atMost(20, SECONDS).until(() -> counts.stream().allMatch(count -> count.get() >= 3));
    }

    @Test
    void shouldNotHandOutATaskAgainThatStillWaits() {
        var waiting = new LinkedBlockingQueue<Runnable>();
        var runs = new AtomicInteger();
        var others = new AtomicInteger();
        metronome.beat(System.nanoTime(), MILLISECONDS.toNanos(1), waiting::add, runs::incrementAndGet);
        metronome.beat(System.nanoTime(), MILLISECONDS.toNanos(1), Runnable::run, others::incrementAndGet);

        await().atMost(20, SECONDS).until(() -> others.get() >= 20);
        assertThat(waiting).hasSize(1);

        waiting.remove().run();
        assertThat(runs).hasValue(1);
        await().atMost(20, SECONDS).until(() -> waiting.size() == 1);
    }

    @Test
    void shouldNotRunATaskThatWasCancelledOnItsOwnThread() {
        var waiting = new LinkedBlockingQueue<Runnable>();
        var runs = new AtomicInteger();
        var beat = metronome.beat(System.nanoTime(), MILLISECONDS.toNanos(1), waiting::add, runs::incrementAndGet);
        await().atMost(20, SECONDS).until(() -> !waiting.isEmpty());

        beat.cancel();
        waiting.remove().run();

        assertThat(runs).hasValue(0);
    }

    @Test
    void shouldGoOnWhenAnExecutorRefusesATask() {
        var others = new AtomicInteger();
        Executor closed = task -> {
            throw new RejectedExecutionException("closed");
        };
        metronome.beat(System.nanoTime(), MILLISECONDS.toNanos(1), closed, () -> {});
        metronome.beat(System.nanoTime(), MILLISECONDS.toNanos(1), Runnable::run, others::incrementAndGet);

        await().atMost(20, SECONDS).until(() -> others.get() >= 5);
    }

    @Test
    void shouldRefuseAPeriodThatNeverEnds() {
        assertThatThrownBy(() -> metronome.beat(0, 0, Runnable::run, () -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

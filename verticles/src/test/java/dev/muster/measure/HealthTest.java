package dev.muster.measure;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
    @ParameterizedTest
    @CsvSource({
        "G1 Young Generation, G1 Evacuation Pause, true",
        "G1 Old Generation, System.gc(), true",
        "G1 Concurrent GC, No GC, false",
        "Copy, Allocation Failure, true",
        "PS MarkSweep, Ergonomics, true",
        "ZGC Pauses, Proactive, true",
        "ZGC Cycles, Proactive, false",
        "ZGC Minor Pauses, Allocation Rate, true",
        "ZGC Major Cycles, Warmup, false",
        "Shenandoah Pauses, Concurrent GC, true",
        "Shenandoah Cycles, Concurrent GC, false",
    })
    void shouldTellAPauseFromAConcurrentCycle(String collector, String cause, boolean pause) {
        assertThat(GcPauses.isPause(collector, cause)).isEqualTo(pause);
    }

    @Test
    void shouldHearOfACollectionUntilClosed() {
        var pauses = new CopyOnWriteArrayList<Long>();

        try (var watch = GcPauses.watch(pauses::add)) {
            assertThat(watch).isNotNull();
            System.gc();
            await().atMost(10, SECONDS).untilAsserted(() -> assertThat(pauses).isNotEmpty());
        }

        assertThat(pauses).allMatch(millis -> millis >= 0);
    }

    @Test
    void shouldMeasureTheShareOfAllProcessors() {
        var cpu = new AtomicLong(1_000);
        var capacity = new AtomicLong(50_000);
        var meter = new CpuMeter(cpu::get, capacity::get);

        cpu.addAndGet(300);
        capacity.addAndGet(1_000);
        assertThat(meter.sinceLast()).isCloseTo(0.3, within(1e-9));
        cpu.addAndGet(900);
        capacity.addAndGet(1_000);

        assertThat(meter.sinceLast()).isCloseTo(0.9, within(1e-9));
        assertThat(meter.usedSeconds()).isCloseTo(1_200e-9, within(1e-12));
        assertThat(meter.availableSeconds()).isCloseTo(2_000e-9, within(1e-12));
        assertThat(meter.sinceLast()).as("no time went by").isZero();
    }

    @Test
    void shouldSeeThisProcessAtWork() {
        var meter = new CpuMeter();

        await().atMost(10, SECONDS).until(() -> meter.usedSeconds() > 0);

        assertThat(meter.availableSeconds()).isPositive();
        assertThat(meter.sinceLast()).isPositive();
    }
}

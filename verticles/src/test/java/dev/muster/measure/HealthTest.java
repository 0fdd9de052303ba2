package dev.muster.measure;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"max 100000, none", "50000 100000, 0.5", "250000 100000, 2.5", "rubbish, none"})
    void shouldReadTheLimitOfAContainer(String cpuMax, @Nullable Double processors, @TempDir Path controlGroups)
            throws IOException {
        Files.writeString(controlGroups.resolve("cpu.max"), cpuMax + "\n");

        assertThat(CpuLimit.ofContainer(controlGroups)).isEqualTo(Optional.ofNullable(processors));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"-1, none", "500, 0.005", "150000, 1.5"})
    void shouldReadTheLimitOfAContainerOfTheFirstVersion(
            String quota, @Nullable Double processors, @TempDir Path controlGroups) throws IOException {
        var cpu = Files.createDirectory(controlGroups.resolve("cpu"));
        Files.writeString(cpu.resolve("cpu.cfs_quota_us"), quota + "\n");
        Files.writeString(cpu.resolve("cpu.cfs_period_us"), "100000\n");

        assertThat(CpuLimit.ofContainer(controlGroups)).isEqualTo(Optional.ofNullable(processors));
    }

    @Test
    void shouldHaveNoLimitWithoutControlGroups(@TempDir Path nothing) {
        assertThat(CpuLimit.ofContainer(nothing)).isEmpty();
        assertThat(CpuLimit.processors()).isPositive();
    }

    @Test
    void shouldSeeThisProcessAtWork() {
        var meter = new CpuMeter();

        await().atMost(10, SECONDS).until(() -> meter.usedSeconds() > 0);

        assertThat(meter.availableSeconds()).isPositive();
        assertThat(meter.sinceLast()).isPositive();
    }
}

package dev.muster.node;

import dev.muster.measure.CpuMeter;
import dev.muster.measure.GcPauses;
import dev.muster.measure.HealthMetric;
import io.vertx.core.Vertx;
import java.time.Duration;

/** What a process measures of itself: delays of its event loops, pauses of its garbage collector, its CPU share. */
final class ProcessHealth implements AutoCloseable {
    private final LoopProbes loops;
    private final GcPauses pauses;
    private final CpuMeter cpu = new CpuMeter();
    private volatile double cpuShare;

    ProcessHealth(Vertx vertx, Telemetry telemetry, Duration probePeriod) {
        loops = new LoopProbes(vertx, telemetry, probePeriod);
        pauses = GcPauses.watch(telemetry.recorder(HealthMetric.GC_PAUSE)::record);
        telemetry.gauge(HealthMetric.CPU_SHARE, () -> cpuShare);
        telemetry.gauge(HealthMetric.CPU_USED, cpu::usedSeconds);
        telemetry.gauge(HealthMetric.CPU_AVAILABLE, cpu::availableSeconds);
    }

    /** To be called once a second, from one thread at a time. */
    void sampleCpu() {
        cpuShare = cpu.sinceLast();
    }

    @Override
    public void close() {
        loops.close();
        pauses.close();
    }
}

package dev.muster.stress;

import dev.muster.node.Telemetry;

/** What the jobs are now, for any thread to read; the event loop that owns the jobs writes. */
final class Gauges {
    private volatile int running;
    private volatile double wanted;

    Gauges(Telemetry telemetry) {
        telemetry.gauge(StressMetric.JOBS, () -> running);
        telemetry.gauge(StressMetric.LOAD, () -> wanted);
    }

    void show(Jobs jobs) {
        running = jobs.running();
        wanted = jobs.wanted();
    }
}

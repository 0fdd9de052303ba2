package dev.muster.measure;

/** What a process measures of itself, so that a run can be judged. */
public enum HealthMetric implements Metric {
    LATENESS("generator.lateness", "How late the load generator was against its own schedule", Unit.NANOSECONDS),
    LOOP_DELAY("process.loop.delay", "How late an event loop ran a timer, so how long it was busy", Unit.NANOSECONDS),
    GC_PAUSE("process.gc.pause", "How long a garbage collection stopped all threads", Unit.MILLISECONDS),
    CPU_SHARE(
            "process.cpu.share",
            "Share of the available processors that the process used in the last second",
            Unit.RATIO),
    CPU_USED("process.cpu.used", "Processor time that the process used since it began to measure", Unit.SECONDS),
    CPU_AVAILABLE(
            "process.cpu.available",
            "Processor time that the process could have used since it began to measure",
            Unit.SECONDS);

    private final Definition definition;

    HealthMetric(String id, String help, Unit unit) {
        definition = new Definition(id, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}

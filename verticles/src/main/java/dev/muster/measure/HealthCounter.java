package dev.muster.measure;

/** What a process counts of its own part in a run, so that the run can be judged. */
public enum HealthCounter implements Metric {
    BUS_MERGED(
            "process.bus.merged",
            "Times that the process, apart from the other members of the bus, joined them again",
            Unit.COUNT);

    private final Definition definition;

    HealthCounter(String id, String help, Unit unit) {
        definition = new Definition(id, help, unit);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}

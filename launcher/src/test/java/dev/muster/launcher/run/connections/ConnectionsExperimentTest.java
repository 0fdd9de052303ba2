package dev.muster.launcher.run.connections;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionsExperimentTest {
    @Test
    void shouldRefuseMoreEnginesThanAProcessMayHaveFilesFor() {
        assertThat(ConnectionsExperiment.problems(5_000, 5_000, 5_500)).isEmpty();
        assertThat(ConnectionsExperiment.problems(5_001, 500, 5_500))
                .singleElement()
                .asString()
                .startsWith("--engines must be at most 5000 here, not 5001: each connection is an open file");
        assertThat(ConnectionsExperiment.problems(5_000, 5_001, 5_500))
                .singleElement()
                .asString()
                .startsWith("--warm-up must be at most 5000 here");
    }

    @Test
    void shouldLeaveTheBrokerTheFiftiethThatItKeepsOfManyFiles() {
        assertThat(ConnectionsExperiment.problems(19_300, 0, 20_000)).isEmpty();
        assertThat(ConnectionsExperiment.problems(19_301, 0, 20_000))
                .singleElement()
                .asString()
                .endsWith("may have 20000 (ulimit -n), 700 of which it needs for itself");
    }
}

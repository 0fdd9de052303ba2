package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionsExperimentTest {
    @Test
    void shouldRefuseMoreEnginesThanAProcessMayHaveFilesFor() {
        assertThat(ConnectionsExperiment.problems(5_000, 5_500)).isEmpty();
        assertThat(ConnectionsExperiment.problems(5_001, 5_500))
                .singleElement()
                .asString()
                .startsWith("--engines must be at most 5000 here, not 5001: each connection is an open file");
    }
}

package dev.muster.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class BuildTest {
    @Test
    void shouldNameVersionAndCommitAndWhetherFilesDiffered() {
        assertThat(build("1.2.3", "0123456789", "false")).hasToString("1.2.3+0123456789");
        assertThat(build("1.2.3", "0123456789", "true")).hasToString("1.2.3+0123456789-dirty");
    }

    @Test
    void shouldNameTheVersionAloneWhenItWasBuiltOutsideARepository() {
        assertThat(build("1.2.3", "${git.commit.id.abbrev}", "${git.dirty}")).hasToString("1.2.3");
    }

    @Test
    void shouldKnowTheRunningCode() {
        assertThat(Build.ours().version()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    private static Build build(String version, String commit, String dirty) {
        var properties = new Properties();
        properties.setProperty("version", version);
        properties.setProperty("commit", commit);
        properties.setProperty("dirty", dirty);
        return Build.of(properties);
    }
}

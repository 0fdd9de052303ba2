package dev.muster.minion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class IntroductionTest {
    private static final TestOptions OPTIONS =
            TestOptions.of(1, "http://127.0.0.1:1").id(null);

    @Test
    void shouldTakeThePodFromTheDownwardApiAndLabelsFromMinionVariables() {
        var who = Introduction.of(
                OPTIONS,
                Map.of(
                        "POD_UID", "4a-b",
                        "POD_NAME", "minion-x",
                        "NODE_NAME", "node-1",
                        "POD_NAMESPACE", "muster",
                        "MINION_ZONE", "a",
                        "MINION_EMPTY", "",
                        "OTHER", "x"));

        assertThat(who.idPrefix()).isEqualTo("4a-b");
        assertThat(who.parameters())
                .isEqualTo(Map.of(
                        "pod", "minion-x",
                        "pod_uid", "4a-b",
                        "node", "node-1",
                        "namespace", "muster",
                        "label.ZONE", "a"));
    }

    @Test
    void shouldMakeAnIdOfTheHostNameOutsideAPod() {
        var who = Introduction.of(OPTIONS, Map.of("HOSTNAME", "größe.example"));

        assertThat(who.idPrefix()).isEqualTo("gr--e.example");
    }

    @Test
    void shouldPreferTheIdThatTheUserGives() {
        var who = Introduction.of(OPTIONS.id("mine"), Map.of("POD_UID", "4a-b"));

        assertThat(who.idPrefix()).isEqualTo("mine");
    }

    @Test
    void shouldNameTheVariablesThatTheMasterWouldRefuseAsLabels() {
        var problems = Introduction.labelProblems(
                Map.of("MINION_OK", "x", "MINION__X", "x", "MINION_LONG", "x".repeat(257), "OTHER_", "x"));

        assertThat(problems).hasSize(2);
        assertThat(problems.get(0)).contains("MINION_LONG");
        assertThat(problems.get(1)).contains("MINION__X");
    }
}

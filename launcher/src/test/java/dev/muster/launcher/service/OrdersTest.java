package dev.muster.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.Credential;
import dev.muster.bus.RunAnswer.Problem;
import dev.muster.bus.StartRun;
import dev.muster.launcher.EveryExperiment;
import dev.muster.launcher.run.RunCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("smoke")
class OrdersTest {
    private final Orders orders = new Orders(
            new RunCommand(EveryExperiment.list()), Map.of("MUSTER_MINIONS", "nonsense"), Path.of("results"));

    @Test
    void shouldSayTheSameAsACommandLineAndLeaveOutWhatIsUsual() {
        var order = order(Map.of("minions", "500", "ramp", "2s", "repeat", "3"), "boot.lost == 0");

        assertThat(order.problems()).isEmpty();
        assertThat(order.arguments())
                .containsExactly("run", "boot", "--minions=500", "--repeat=3", "--threshold=boot.lost == 0");
        assertThat(order.command())
                .isEqualTo("./muster run boot --minions=500 --repeat=3 '--threshold=boot.lost == 0'");
    }

    @Test
    void shouldRunWhereItIsToldTo() {
        var order = order(Map.of("on", "kubernetes", "on-namespace", "mine", "minions", "50"));

        assertThat(order.problems()).isEmpty();
        assertThat(order.command()).isEqualTo("./muster run boot --minions=50 --on=kubernetes --on-namespace=mine");
    }

    @Test
    void shouldQuoteWhatAShellWouldTakeApart() {
        assertThat(order(Map.of(), "boot.lost == 0'; rm -rf ~ #").command()).endsWith("0'\\''; rm -rf ~ #'");
    }

    @Test
    void shouldKeepAPasswordOutOfTheCommandLine() {
        var order = orders.read(new StartRun(
                Credential.NONE,
                "streams",
                Map.of("streams-user", "ann", "streams-password", "a-secret"),
                List.of(),
                "",
                true));

        assertThat(order.problems()).isEmpty();
        assertThat(order.arguments()).containsExactly("run", "streams", "--streams-user=ann");
        assertThat(order.secrets()).containsExactly(Map.entry("MUSTER_STREAMS_PASSWORD", "a-secret"));
        assertThat(order.command()).isEqualTo("MUSTER_STREAMS_PASSWORD=... ./muster run streams --streams-user=ann");
    }

    @Test
    void shouldTellEveryProblemAtItsField() {
        var order = order(Map.of("minions", "0", "ramp", "long", "minoins", "5"), "boot.lots == 0");

        assertThat(order.problems())
                .extracting(Problem::field)
                .containsExactlyInAnyOrder("minions", "ramp", "minoins", "thresholds");
        assertThat(order.problems())
                .filteredOn(problem -> problem.field().equals("minoins"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.problem()).contains("did you mean minions?"));
    }

    @Test
    void shouldTakeNoOptionThatIsNoParameter() {
        for (var option : List.of("output", "junit", "results", "config", "push")) {
            assertThat(order(Map.of(option, "/tmp/x")).problems())
                    .extracting(Problem::field)
                    .containsExactly(option);
        }
    }

    @Test
    void shouldKnowEveryExperimentByItsName() {
        for (var vocabulary : new RunCommand(EveryExperiment.list()).vocabularies()) {
            var start = new StartRun(Credential.NONE, vocabulary.experiment(), Map.of(), List.of(), "", true);
            assertThat(orders.read(start).problems())
                    .as(vocabulary.experiment())
                    .isEmpty();
        }
        var unknown = new StartRun(Credential.NONE, "bot", Map.of(), List.of(), "", true);
        assertThat(orders.read(unknown).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("experiment");
            assertThat(problem.problem()).contains("did you mean boot?");
        });
    }

    private Order order(Map<String, String> parameters, String... thresholds) {
        return orders.read(new StartRun(Credential.NONE, "boot", parameters, List.of(thresholds), "127.0.0.1", true));
    }
}

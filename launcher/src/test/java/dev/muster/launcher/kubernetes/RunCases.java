package dev.muster.launcher.kubernetes;

import static dev.muster.launcher.kubernetes.Kubectl.muster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs with {@code --on=kubernetes} of each experiment: each leaves what it has scaled as it was. */
interface RunCases {
    String SPEC = "jsonpath={.spec.replicas} {.spec.template.spec.containers[0].args}";

    /** For results. */
    Path folder();

    @Test
    @Order(7)
    default void shouldJoinWhatEveryPodSaysWithWhatTheApiSaysOfIt() throws Exception {
        var result = runOnWhatIsDeployed("boot", "minion", "boot.registered", 20, 20, "--minions=20");
        var pods = Files.readAllLines(result.resolve("pods.csv"));

        assertThat(result.resolve("timeline.csv")).content().contains("kube.pods.ready,gauge,,20");
        var columns = List.of(pods.get(0).split(",", -1));
        assertThat(pods).hasSize(1 + 20);
        assertThat(pods.subList(1, pods.size())).allSatisfy(pod -> {
            var values = pod.split(",", -1);
            for (var column : List.of("scheduled_ms", "started_ms", "ready_ms", "registered_ms", "lateness_ms")) {
                assertThat(values[columns.indexOf(column)]).as(column).isNotEmpty();
            }
        });
    }

    @ParameterizedTest
    @Order(8)
    @CsvSource({
        "connections, engine,        connections.held,    20, 20, --engines=20 --duration=5s",
        "api,         driver,        api.watch.missed,     0,  0, --objects=200 --rate=50 --warm-up=10",
        "blocks,      blocks-client, blocks.failed,        0,  0, --duration=2s --warm-up=1s",
        // It scales nothing: its pods are the autoscaler's.
        "stress,      collector,     stress.pods,          1, 10, --duration=8s --load=10",
        "streams,     streams,       streams.events.lost,  0,  0, --streams-users=4 --streams-duration=5s --streams-warm-up=1s",
    })
    default void shouldRunAnExperimentOnWhatIsDeployed(
            String experiment, String deployment, String metric, double least, double most, String options)
            throws Exception {
        runOnWhatIsDeployed(experiment, deployment, metric, least, most, options);
    }

    /** A run scales what is deployed, measures, and leaves everything as it was. The folder of its result. */
    private Path runOnWhatIsDeployed(
            String experiment, String deployment, String metric, double least, double most, String options)
            throws Exception {
        var before = muster("get", "deployment", deployment, "-o", SPEC);
        var checked = Launched.of("check", experiment, "--on=kubernetes");

        var results = Files.createDirectory(folder().resolve(experiment));
        var run = Launched.run(results, experiment, options.split(" ", -1));

        assertThat(checked.code()).as(checked.text()).isZero();
        assertThat(run.value(metric)).as(run.text()).isBetween(least, most);
        assertThat(run.value("cluster.pods")).isPositive();
        assertThat(run.value("cluster.pods.restarts")).isZero();
        var result = only(results);
        assertThat(result.resolve("usage.csv")).content().contains(",node,", ",pod,collector-");
        assertThat(muster("get", "deployment", deployment, "-o", SPEC)).isEqualTo(before);
        return result;
    }

    private static Path only(Path parent) throws IOException {
        try (var all = Files.list(parent)) {
            return all.reduce((one, another) -> fail("there is more than " + one))
                    .orElseThrow();
        }
    }
}

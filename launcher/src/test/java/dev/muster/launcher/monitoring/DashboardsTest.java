package dev.muster.launcher.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.testing.Part;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The form of the dashboards and of the alert rules; {@link DashboardsIT} asks what they ask. */
class DashboardsTest {
    static List<String> dashboards() {
        return Queries.DASHBOARDS;
    }

    @Test
    void shouldHaveOneOfEachExperimentAndAnOverview() throws IOException {
        try (var files = Files.list(Queries.FOLDER)) {
            var found = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.replace(".json", ""))
                    .collect(Collectors.toSet());

            assertThat(found).containsExactlyInAnyOrderElementsOf(Queries.DASHBOARDS);
            assertThat(found)
                    .containsAll(
                            Catalogue.all().stream().map(Catalogue::experiment).toList())
                    .contains("overview");
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldSayOfEveryPanelWhatItShowsAndInWhichUnit(String name) throws IOException {
        var board = new JsonObject(Files.readString(Queries.FOLDER.resolve(name + ".json")));

        assertThat(board.getString("uid")).isEqualTo("muster-" + name);
        assertThat(board.getJsonArray("panels").stream()
                        .map(JsonObject.class::cast)
                        .filter(panel -> !panel.getString("type").equals("row")))
                .isNotEmpty()
                .allSatisfy(panel -> {
                    assertThat(panel.getString("description")).endsWith(".");
                    assertThat(panel.getJsonObject("fieldConfig")
                                    .getJsonObject("defaults")
                                    .getString("unit"))
                            .isNotBlank();
                });
        assertThat(board.getJsonArray("panels").stream().map(panel -> ((JsonObject) panel).getInteger("id")))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldBeInTheConfigMapsThatKustomizeMakes(String name) throws IOException {
        assertThat(Files.readAllLines(Queries.FOLDER.resolve("kustomization.yaml")))
                .map(String::strip)
                .contains("- name: dashboard-" + name, "files: [" + name + ".json]");
    }

    @Test
    void shouldHaveOnlyRulesThatPromtoolTakes() throws Exception {
        var there = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, "promtool")));
        Part.need(there, "no promtool: install Debian's package prometheus");

        var check = new ProcessBuilder(
                        "promtool",
                        "check",
                        "rules",
                        Queries.FOLDER.resolve("rules.yaml").toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(check.getInputStream().readAllBytes(), UTF_8);

        assertThat(check.waitFor()).as(said).isZero();
        assertThat(Queries.ofAlerts()).hasSizeGreaterThan(10);
    }
}

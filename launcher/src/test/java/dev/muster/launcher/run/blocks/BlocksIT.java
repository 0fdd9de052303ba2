package dev.muster.launcher.run.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.LauncherProcess;
import dev.muster.launcher.catalogue.Catalogue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The experiment {@code blocks}: a run in a real process, its server and its client in two others. */
class BlocksIT {
    private static final double BYTES_PER_REQUEST = 64 * 1048576.0;

    @TempDir
    private Path results;

    private JsonObject run(String... options) throws Exception {
        var arguments = new ArrayList<>(
                List.of("run", "blocks", "--duration=2s", "--warm-up=1s", "--output=json", "--results=" + results));
        arguments.addAll(List.of(options));
        try (var process = LauncherProcess.start(arguments.toArray(String[]::new))) {
            // A busy machine makes a run invalid, and that is no failure of the code.
            assertThat(process.awaitExit())
                    .as(String.join("\n", process.errors()))
                    .isIn(0, 5);
            return new JsonObject(String.join("\n", process.output()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTellBothWaysApartAndWhatTheyCost(boolean plain) throws Exception {
        var summary = run(plain ? new String[] {"--plain"} : new String[0]);

        assertThat(summary.getJsonObject("metrics").fieldNames())
                .containsExactlyInAnyOrderElementsOf(
                        Catalogue.of("blocks").orElseThrow().ids());
        assertThat(value(summary, "failed")).isZero();
        assertThat(value(summary, "malformed")).isZero();
        for (var way : List.of("download", "upload")) {
            double completed = value(summary, way + ".requests") * BYTES_PER_REQUEST;
            double underWay = value(summary, "streams") * BYTES_PER_REQUEST;
            // some MB more than was asked for, or some time more than the 2 s, are under way at the end
            assertThat(value(summary, way + ".goodput") * 2)
                    .isBetween(0.8 * completed, 1.2 * (completed + underWay) + 50e6);
            assertThat(value(summary, way + ".server.cpu")).isPositive();
            assertThat(value(summary, way + ".client.cpu")).isPositive();
            assertThat(count(summary, way + ".total")).isEqualTo(value(summary, way + ".requests"));
        }
        assertThat(note(summary)).contains("HTTP/2", plain ? "without TLS" : "over TLSv1.3 with TLS_AES_");
    }

    @Test
    void shouldMeasureThePacedBlocksOfEveryStream() throws Exception {
        var summary = run("--streams=120", "--period=20ms", "--paced-per-request=20", "--size=100000");

        double requests = value(summary, "paced.requests");
        assertThat(requests).isGreaterThanOrEqualTo(120);
        assertThat(count(summary, "paced.send.lateness")).isGreaterThanOrEqualTo(requests * 20);
        assertThat(count(summary, "paced.arrival.lateness")).isGreaterThanOrEqualTo(requests * 19);
        // more than a server allows unless it is told to
        assertThat(value(summary, "streams")).isEqualTo(120);
        assertThat(summary.getJsonObject("parameters").getString("period")).isEqualTo("20000us");
    }

    private static JsonObject metric(JsonObject summary, String name) {
        return summary.getJsonObject("metrics").getJsonObject("blocks." + name);
    }

    private static double value(JsonObject summary, String name) {
        return metric(summary, name).getDouble("value");
    }

    private static double count(JsonObject summary, String name) {
        return metric(summary, name).getDouble("count");
    }

    private static String note(JsonObject summary) {
        JsonArray notes = summary.getJsonObject("verdict").getJsonArray("notes");
        return notes.stream()
                .map(JsonObject.class::cast)
                .filter(note -> note.getString("code").equals("path"))
                .map(note -> note.getString("observed"))
                .findFirst()
                .orElseThrow();
    }
}

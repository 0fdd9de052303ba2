package dev.muster.launcher.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.LauncherProcess;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A command of the jar under test, which has ended.
 *
 * @param output what it wrote to standard output
 * @param errors and to standard error
 */
record Launched(int code, String output, String errors) {
    static Launched of(String... arguments) throws Exception {
        try (var process = LauncherProcess.start(arguments)) {
            int code = process.awaitExit(Duration.ofMinutes(5));
            return new Launched(code, String.join("\n", process.output()), String.join("\n", process.errors()));
        }
    }

    /** A run on the cluster, which measured all that it was to. A busy machine makes it invalid at most. */
    static Launched run(Path results, String experiment, String... options) throws Exception {
        var arguments =
                new ArrayList<>(List.of("run", experiment, "--on=kubernetes", "--output=json", "--results=" + results));
        arguments.addAll(List.of(options));
        var run = of(arguments.toArray(String[]::new));
        assertThat(run.code()).as(run.text()).isIn(0, 5);
        return run;
    }

    /** The value of a metric of the run. */
    double value(String metric) {
        var found = summary().getJsonObject("metrics").getJsonObject(metric);
        assertThat(found).as(metric).isNotNull();
        assertThat(found.getDouble("value")).as(metric).isNotNull();
        return found.getDouble("value");
    }

    private JsonObject summary() {
        return new JsonObject(output);
    }

    /** For who has to look why. */
    String text() {
        return errors + "\n" + output;
    }
}

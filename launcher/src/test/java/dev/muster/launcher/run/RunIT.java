package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.launcher.LauncherProcess;
import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.launcher.catalogue.ResultMetric;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in a real process, with everything that it starts. */
class RunIT {
    @TempDir
    private Path results;

    @TempDir
    private Path files;

    @Test
    @Tag("smoke")
    void shouldRegisterEveryMinionAndWriteTheSameResultThatItPrints() throws Exception {
        try (var process = LauncherProcess.start(
                "run", "boot", "--minions=300", "--ramp=500ms", "--output=json", "--results=" + results)) {
            int code = process.awaitExit();

            // A busy machine makes a run invalid, and that is no failure of the code.
            assertThat(code).as(String.join("\n", process.errors())).isIn(0, 5);
            var printed = new JsonObject(String.join("\n", process.output()));
            assertThat(printed).isEqualTo(summary());
            assertThat(printed.getInteger("version")).isEqualTo(1);
            assertThat(printed.getJsonObject("verdict").getString("word")).isEqualTo(code == 0 ? "VALID" : "INVALID");
            assertThat(value(printed, "boot.registered")).isEqualTo(300);
            assertThat(value(printed, "boot.lost")).isZero();
            assertThat(value(printed, "boot.unsent")).isZero();
            var latency = printed.getJsonObject("metrics").getJsonObject("boot.register.latency");
            assertThat(latency.getLong("count")).isEqualTo(300);
            assertThat(latency.getDouble("p99")).isGreaterThanOrEqualTo(latency.getDouble("p50"));
            assertThat(latency.getValue("p999")).isNull();
            assertThat(printed.getJsonObject("metrics")
                            .getJsonObject("boot.latency")
                            .getLong("count"))
                    .isEqualTo(300);
            assertThat(Files.readAllLines(folder().resolve("minions.csv"))).hasSize(301);
            assertThatItYieldsItsCatalogue(printed.getJsonObject("metrics"));
        }
    }

    private static void assertThatItYieldsItsCatalogue(JsonObject metrics) {
        var catalogue = Catalogue.of("boot").orElseThrow();
        assertThat(metrics.fieldNames()).containsExactlyInAnyOrderElementsOf(catalogue.ids());
        assertThat(catalogue.metrics()).allSatisfy(metric -> {
            var measured = metrics.getJsonObject(metric.id());
            assertThat(measured.getString("unit")).isEqualTo(metric.unit().symbol());
            assertThat(measured.containsKey("value")).isEqualTo(metric.kind() == ResultMetric.Kind.VALUE);
        });
    }

    @Test
    void shouldPrintTheVerdictBeforeAnyNumber() throws Exception {
        try (var process = LauncherProcess.start("run", "boot", "--minions=5", "--ramp=0", "--results=" + results)) {
            process.awaitExit();

            assertThat(process.output().get(0)).containsPattern("^(IN)?VALID  run .*-boot, minions 5");
            assertThat(process.output())
                    .anyMatch(line -> line.matches("boot\\.registered +5"))
                    .anyMatch(line -> line.matches("boot\\.register\\.latency ms +5 .* - +- +[0-9.]+")); // p99, p99.9
        }
    }

    @Test
    void shouldRepeatAndMergeAndFailAThresholdThatOneRepetitionMisses() throws Exception {
        try (var process = LauncherProcess.start(
                "run",
                "boot",
                "--minions=40",
                "--ramp=100ms",
                "--warm-up=500",
                "--repeat=2",
                "--threshold=boot.lost == 0",
                "--threshold=boot.registered > 40",
                "--slo=kubernetes",
                "--results=" + results)) {
            int code = process.awaitExit();

            // A busy machine makes a run invalid, which weighs more than a threshold.
            assertThat(code).as(String.join("\n", process.errors())).isIn(99, 5);
            var summary = summary();
            assertThat(code == 99)
                    .isEqualTo(
                            summary.getJsonObject("verdict").getString("word").equals("VALID"));
            assertThat(summary.getJsonArray("repetitions")).hasSize(2);
            assertThat(value(summary, "boot.registered")).isEqualTo(40);
            var latency = summary.getJsonObject("metrics").getJsonObject("boot.register.latency");
            assertThat(latency.getLong("count")).isEqualTo(80);
            assertThat(Files.readAllLines(folder().resolve("1/minions.csv"))).hasSize(41);
            assertThat(Files.readAllLines(folder().resolve("2/minions.csv"))).hasSize(41);
            assertThat(process.output())
                    .anyMatch(line -> line.matches("met +boot.lost == 0 +0; 0  \\(command line\\)"))
                    .anyMatch(line -> line.matches("missed +boot.registered > 40 +40; 40  \\(command line\\)"))
                    .anyMatch(line -> line.matches("not measured +pod start-up p99 <= 5s .*"));
        }
    }

    @Test
    void shouldRunAScenarioAndWriteWhatPipelinesRead() throws Exception {
        var scenario = Files.write(
                files.resolve("my.yaml"),
                List.of(
                        "experiment: boot",
                        "name: nightly",
                        "boot: {minions: 20, ramp: 100ms}",
                        "warm-up: 0",
                        "thresholds:",
                        "  - boot.lost == 0",
                        "  - boot.registered > 1000"));

        try (var process = LauncherProcess.start(
                "run",
                scenario.toString(),
                "--set=boot.minions=30",
                "--junit=" + files.resolve("junit.xml"),
                "--markdown=" + files.resolve("summary.md"),
                "--results=" + results)) {
            assertThat(process.awaitExit())
                    .as(String.join("\n", process.errors()))
                    .isIn(99, 5);
        }

        assertThat(value(summary(), "boot.registered")).isEqualTo(30);
        var junit = files.resolve("junit.xml");
        assertThat(xml(junit, "/testsuites/testsuite/@name")).isEqualTo("nightly");
        assertThat(xml(junit, "count(//testcase)")).isEqualTo("3");
        assertThat(xml(junit, "//testcase[@name='boot.registered > 1000']/failure/@message"))
                .isEqualTo("boot.registered > 1000: measured 30");
        assertThat(Files.readString(files.resolve("summary.md")))
                .startsWith("## nightly: ")
                .contains("| **missed** | `boot.registered > 1000` | 30 | scenario |");
    }

    @Test
    void shouldTellEverythingThatIsWrongWithAScenarioBeforeAnythingStarts() throws Exception {
        var scenario = Files.write(
                files.resolve("my.yaml"),
                List.of("experiment: boot", "repat: 3", "boot: {minions: 0}", "thresholds: boot.lots == 0"));

        try (var process = LauncherProcess.start("run", scenario.toString(), "--results=" + results)) {
            assertThat(process.awaitExit()).isEqualTo(2);
            assertThat(process.errors())
                    .contains(
                            "muster: " + scenario + ":2: repat: no such key; did you mean repeat?",
                            "muster: " + scenario + ":3: boot.minions must be 1 to 1000000, not 0",
                            "muster: " + scenario + ":4: thresholds 'boot.lots == 0': boot has no metric 'boot.lots';"
                                    + " did you mean boot.lost?");
            assertThat(results).isEmptyDirectory();
        }
    }

    @Test
    void shouldListTheExperimentsAndPrintTheSchema() throws Exception {
        try (var list = LauncherProcess.start("run", "--list");
                var schema = LauncherProcess.start("run", "--schema")) {
            assertThat(list.awaitExit()).isZero();
            assertThat(list.output())
                    .anyMatch(line -> line.equals("boot: how long until N minions run and have registered"))
                    .anyMatch(line -> line.matches(" +boot\\.minions +1000 +Virtual minions that boot.*"))
                    .anyMatch(line -> line.matches(" +boot\\.register\\.latency +ms, distribution, lower +From.*"));
            assertThat(schema.awaitExit()).isZero();
            assertThat(new JsonObject(String.join("\n", schema.output())).getString("$schema"))
                    .isEqualTo("https://json-schema.org/draft/2020-12/schema");
        }
    }

    private static String xml(Path file, String path) throws Exception {
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        return XPathFactory.newInstance().newXPath().evaluate(path, document);
    }

    @Test
    void shouldKeepTheWholeRepetitionsAndTheInterruptedOne() throws Exception {
        try (var process = LauncherProcess.start(
                "run",
                "boot",
                "--minions=20",
                "--ramp=4s",
                "--warm-up=0",
                "--repeat=9",
                "--junit=" + files.resolve("junit.xml"),
                "--results=" + results)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> repetitions() == 2);
            process.interrupt();

            assertThat(process.awaitExit()).isEqualTo(130);
            var summary = summary();
            assertThat(summary.getString("state")).isEqualTo("interrupted");
            assertThat(summary.getJsonArray("repetitions")).hasSize(2);
            var first = summary.getJsonArray("repetitions").getJsonObject(0);
            assertThat(first.getBoolean("complete")).isTrue();
            assertThat(value(first, "boot.registered")).isEqualTo(20);
            assertThat(xml(files.resolve("junit.xml"), "//testcase[@name='verdict']/error/@type"))
                    .isEqualTo("interrupted");
        }
    }

    @Test
    void shouldSayThatItWasInterruptedBeforeAnythingWasMeasured() throws Exception {
        try (var process = LauncherProcess.start(
                "run",
                "boot",
                "--minions=100000",
                "--ramp=1h",
                "--junit=" + files.resolve("junit.xml"),
                "--results=" + results)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> repetitions() >= 0);
            process.interrupt();

            assertThat(process.awaitExit()).isEqualTo(130);
            assertThat(process.errors()).noneMatch(line -> line.contains("defect"));
            assertThat(summary().getString("state")).isEqualTo("interrupted");
            assertThat(folder().resolve("report.html")).exists();
            assertThat(xml(files.resolve("junit.xml"), "//testcase[@name='verdict']/error/@type"))
                    .isEqualTo("interrupted");
        }
    }

    @Test
    void shouldKeepWhatWasMeasuredWhenInterrupted() throws Exception {
        try (var process = LauncherProcess.start(
                "run", "boot", "--minions=100000", "--ramp=1h", "--output=json", "--results=" + results)) {
            process.awaitLine("registered,");
            process.terminate();

            assertThat(process.awaitExit()).isEqualTo(143);
            var summary = summary();
            assertThat(summary.getString("state")).isEqualTo("interrupted");
            double all = value(summary, "boot.registered")
                    + value(summary, "boot.rejected")
                    + value(summary, "boot.unsent")
                    + value(summary, "boot.lost");
            assertThat(all).isEqualTo(100_000);
            assertThat(value(summary, "boot.lost")).isNotNegative();
            assertThat(value(summary, "boot.unsent")).isGreaterThan(90_000);
            assertThat(Files.readString(folder().resolve("report.html"))).contains("Interrupted: Ctrl-C or SIGTERM");
        }
    }

    @Test
    void shouldTellEveryWrongOptionBeforeAnythingStarts() throws Exception {
        try (var process = LauncherProcess.start(
                "run",
                "boot",
                "--minions=0",
                "--rampp=1",
                "--output=xml",
                "--repeat=0",
                "--threshold=boot.lots == 0,boot.lost < 3s",
                "--results=" + results)) {
            assertThat(process.awaitExit()).isEqualTo(2);
            assertThat(process.errors())
                    .anyMatch(line -> line.contains("--minions must be 1 to"))
                    .anyMatch(line -> line.contains("--rampp: no such option; did you mean --ramp?"))
                    .anyMatch(line -> line.contains("--output"))
                    .anyMatch(line -> line.contains("--repeat must be 1 to 100, not 0"))
                    .anyMatch(line -> line.contains("--threshold 'boot.lots == 0': boot has no metric 'boot.lots';"
                            + " did you mean boot.lost?"))
                    .anyMatch(line -> line.contains("--threshold 'boot.lost < 3s': it has no unit"));
            assertThat(results).isEmptyDirectory();
        }
    }

    @Test
    void shouldNameTheExperimentsWhenTheWordIsWrong() throws Exception {
        try (var process = LauncherProcess.start("run", "bot")) {
            assertThat(process.awaitExit()).isEqualTo(2);
            assertThat(process.errors())
                    .anyMatch(line -> line.contains("bot: no such experiment") && line.contains("boot"));
        }
    }

    /** How many the summary tells of so far, the one under way included; -1 when there is none. */
    private int repetitions() throws IOException {
        try (var found = Files.find(results, 2, (path, file) -> path.endsWith("summary.json"))) {
            var summary = found.findFirst();
            return summary.isEmpty()
                    ? -1
                    : new JsonObject(Files.readString(summary.get()))
                            .getJsonArray("repetitions")
                            .size();
        }
    }

    private JsonObject summary() throws IOException {
        return new JsonObject(Files.readString(folder().resolve("summary.json")));
    }

    private Path folder() throws IOException {
        List<Path> folders;
        try (var found = Files.list(results)) {
            folders = found.toList();
        }
        assertThat(folders).hasSize(1);
        return folders.get(0);
    }

    private static double value(JsonObject summary, String metric) {
        return summary.getJsonObject("metrics").getJsonObject(metric).getDouble("value");
    }
}

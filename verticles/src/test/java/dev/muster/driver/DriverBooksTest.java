package dev.muster.driver;

import static dev.muster.driver.RunningDriver.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.muster.driver.ScriptedApi.Script;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Its books of what a real API server does not do on demand. */
class DriverBooksTest {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    @TempDir
    private Path folder;

    /** One line of operations.csv. */
    private record Line(LocalDateTime before, LocalDateTime after, String verb, String key, LocalDateTime intended) {
        static Line of(String text) {
            var fields = text.split(",", -1);
            return new Line(
                    LocalDateTime.parse(fields[0], TIME),
                    LocalDateTime.parse(fields[1], TIME),
                    fields[2],
                    fields[3],
                    LocalDateTime.parse(fields[5], TIME));
        }

        double latency() {
            return Duration.between(intended, after).toNanos() / 1e9;
        }

        double service() {
            return Duration.between(before, after).toNanos() / 1e9;
        }
    }

    @Test
    void shouldKnowHowManyObjectsThereAreWhenCreationsAreOfUnknownOutcome() throws Exception {
        var api = new ScriptedApi[1];
        Script script = (request, name, usual) -> {
            int number = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
            if (!request.method().equals(HttpMethod.POST) || number % 3 == 0) {
                usual.run();
                return;
            }
            if (number % 3 == 1) {
                api[0].make(name);
            }
            ScriptedApi.answer(request, 504);
        };
        try (var server = new ScriptedApi(folder, script)) {
            api[0] = server;
            var options = Options.driver("--driver-rate=200", "--driver-objects=30", "--driver-max-population=10");
            try (var driver = new RunningDriver("one", options, server.options())) {
                eventually().until(() -> driver.isOver(60));

                assertThat(driver.count(DriverCounter.UNKNOWN)).isEqualTo(20);
                assertThat(driver.count(DriverCounter.DONE)).isEqualTo(40);
                assertThat(driver.count(DriverCounter.CREATED)).isEqualTo(10);
                assertThat(driver.count(DriverCounter.CONFIRMED)).isEqualTo(10);
                assertThat(driver.count(DriverCounter.NEVER_THERE)).isEqualTo(10);
                assertThat(driver.count(DriverCounter.DELETED)).isEqualTo(20);
                assertThat(driver.value(DriverMetric.POPULATION)).isZero();
            }
        }
    }

    @Test
    void shouldCountLatencyFromTheTimeOfEachOperationThroughAStall() throws Exception {
        var creations = new AtomicInteger();
        Script script = (request, name, usual) -> {
            if (request.method().equals(HttpMethod.POST) && creations.incrementAndGet() == 20) {
                ScriptedApi.after(1_000, usual);
            } else {
                usual.run();
            }
        };
        var csv = folder.resolve("ops.csv");
        try (var server = new ScriptedApi(folder, script)) {
            var options = Options.driver(
                    "--driver-arrival=constant",
                    "--driver-rate=50",
                    "--driver-objects=60",
                    "--driver-max-population=25",
                    "--driver-in-flight=1",
                    "--driver-csv=" + csv);
            try (var driver = new RunningDriver("one", options, server.options())) {
                eventually().until(() -> driver.isOver(120));
                driver.undeploy();

                var lines = Files.readAllLines(csv).stream().map(Line::of).toList();
                var created = lines.stream()
                        .filter(line -> line.verb().equals("create"))
                        .toList();
                // one, and a few more on a machine that stalls by itself
                assertThat(created).filteredOn(line -> line.service() > 0.9).hasSizeBetween(1, 5);
                assertThat(created).filteredOn(line -> line.latency() > 0.5).hasSizeGreaterThan(10);
                assertThat(driver.sum(DriverMetric.CREATE_LATENCY))
                        .isEqualTo(created.stream().mapToDouble(Line::latency).sum(), within(0.2));
                assertThat(driver.sum(DriverMetric.CREATE_SERVICE))
                        .isEqualTo(created.stream().mapToDouble(Line::service).sum(), within(0.2));
                assertThat(lives(lines)).hasSize(60).allSatisfy(life -> assertThat(life)
                        .isCloseTo(Duration.ofMillis(500), Duration.ofMillis(50)));
            }
        }
    }

    /** From when each object was to be created until it was to be deleted: population over rate, whatever the server does. */
    private static List<Duration> lives(List<Line> lines) {
        Map<String, LocalDateTime> creations = new HashMap<>();
        lines.stream()
                .filter(line -> line.verb().equals("create"))
                .forEach(line -> creations.put(line.key(), line.intended()));
        return lines.stream()
                .filter(line -> line.verb().equals("delete"))
                .map(line -> Duration.between(creations.get(line.key()), line.intended()))
                .toList();
    }

    @Test
    void shouldTellItsOwnTimeUntilTheLastOperationEnded() throws Exception {
        var csv = folder.resolve("ops.csv");
        try (var server = new ScriptedApi(folder, (request, name, usual) -> ScriptedApi.after(10, usual))) {
            var options = Options.driver(
                    "--driver-mode=closed",
                    "--driver-objects=20",
                    "--driver-threads=4",
                    "--driver-rate=0",
                    "--driver-csv=" + csv);
            try (var driver = new RunningDriver("one", options, server.options())) {
                eventually().until(() -> driver.isOver(60));
                double told = driver.value(DriverMetric.ELAPSED);
                await().pollDelay(Duration.ofMillis(200)).until(() -> true);

                assertThat(driver.value(DriverMetric.ELAPSED)).isEqualTo(told);
                driver.undeploy();
                var lines = Files.readAllLines(csv).stream().map(Line::of).toList();
                var first =
                        lines.stream().map(Line::before).sorted().findFirst().orElseThrow();
                var last = lines.stream()
                        .map(Line::after)
                        .max(LocalDateTime::compareTo)
                        .orElseThrow();
                assertThat(told).isGreaterThan(Duration.between(first, last).toNanos() / 1e9 - 0.005);
            }
        }
    }
}

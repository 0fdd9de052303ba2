package dev.muster.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.muster.measure.Distribution;
import dev.muster.testing.Part;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The role in a process of its own, and what the kernel says of that. Other work on the machine can take away what it is
 * to get, for a while: each test may try for a time, and an implementation that is wrong is wrong every time.
 */
class RealCpuTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Percentage FIVE_PERCENT = Percentage.withPercentage(5);

    @BeforeEach
    void needLinux() {
        Part.need(Files.exists(Path.of("/proc/self/stat")), "needs Linux, whose /proc has a process's CPU time");
    }

    @ParameterizedTest
    @CsvSource({"1, 50, float", "2, 40, int", "1, 90, memory", "2, 35, sha"})
    void shouldUseTheCpuThatItIsAskedFor(int cores, int load, String kind) throws Exception {
        try (var process = StressedProcess.start()) {
            process.text("/stress?seconds=1&wait=true&load=" + load + "&kind=" + kind); // while the code is compiled

            await().atMost(LONG).pollInterval(AT_ONCE).untilAsserted(() -> {
                double before = process.cpuSeconds();

                process.text("/stress?seconds=3&wait=true&cores=" + cores + "&load=" + load + "&kind=" + kind);

                double asked = 3 * cores * load / 100.0;
                assertThat(process.cpuSeconds() - before).isCloseTo(asked, FIVE_PERCENT);
            });
        }
    }

    /** What is not to be had under the quota is the difference of requested and delivered. */
    @Test
    void shouldTellWhatWasDeliveredUnderAQuotaAndHowLongItWasThrottled() throws Exception {
        double quota = 0.25;
        try (var group = OwnGroup.withQuota(quota);
                var process = StressedProcess.start(group.doors())) {
            assertThat(process.json("/cpu").getDouble("cores")).isEqualTo(quota);
            process.text("/stress?seconds=2&wait=true");

            await().atMost(LONG).pollInterval(AT_ONCE).untilAsserted(() -> {
                var before = process.json("/cpu");
                long begun = System.nanoTime();
                var id = process.json("/stress?seconds=4&wait=true").getString("id");
                double seconds = (System.nanoTime() - begun) / 1e9;
                var after = process.json("/cpu");

                var job = process.json("/stress/" + id);
                assertThat(job.getDouble("requestedSeconds")).isCloseTo(4, within(0.001));
                assertThat(job.getDouble("deliveredSeconds")).isCloseTo(4 * quota, FIVE_PERCENT);
                double used = group(after, "usedSeconds") - group(before, "usedSeconds");
                assertThat(used).as("of the group").isCloseTo(seconds * quota, FIVE_PERCENT);
                double throttled = group(after, "throttledSeconds") - group(before, "throttledSeconds");
                assertThat(throttled).isCloseTo(seconds * (1 - quota), FIVE_PERCENT);
                double periods = group(after, "periods") - group(before, "periods");
                assertThat(periods).isCloseTo(seconds * 10, FIVE_PERCENT);
                assertThat(group(after, "throttledPeriods") - group(before, "throttledPeriods"))
                        .isCloseTo(periods, FIVE_PERCENT);
            });
        }
    }

    private static double group(JsonObject cpu, String figure) {
        return cpu.getJsonObject("cgroup").getDouble(figure);
    }

    /** One request after the other, while as many threads burn as there are processors, and the client has none left. */
    @Test
    void shouldAnswerWhileAllCoresAreUnderFullLoad() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        try (var process = StressedProcess.start()) {
            requests(process, 500); // while the code is compiled
            process.text("/stress?seconds=3600&cores=" + cores);

            await().atMost(LONG).pollInterval(AT_ONCE).untilAsserted(() -> {
                var millis = requests(process, 500);
                assertThat(millis.percentile(99)).as("p99 of /cpu in ms").isLessThan(50);
            });

            var burning = process.json("/cpu").getJsonObject("stress");
            assertThat(burning.getDouble("cores")).isEqualTo(cores);
            assertThat(burning.getDouble("deliveredSeconds"))
                    .as("it burns all the while")
                    .isGreaterThan(0.3 * burning.getDouble("requestedSeconds"));
        }
    }

    private static Distribution requests(StressedProcess process, int count) throws IOException, InterruptedException {
        var millis = new Distribution();
        for (int i = 0; i < count; i++) {
            long begun = System.nanoTime();
            assertThat(process.text("/cpu")).startsWith("Host: ");
            millis.record((System.nanoTime() - begun) / 1_000_000);
        }
        return millis;
    }
}

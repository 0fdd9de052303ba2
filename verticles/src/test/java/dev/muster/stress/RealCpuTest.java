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
import java.util.List;
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

    /**
     * What is missing must be what the kernel let the burning threads wait for a processor: on an idle machine that is
     * nothing, and elsewhere other work has it. Nothing excuses too much.
     */
    @ParameterizedTest
    @CsvSource({"1, 50, float", "2, 40, int", "1, 90, memory", "2, 35, sha"})
    void shouldUseTheCpuThatItIsAskedFor(int cores, int load, String kind) throws Exception {
        try (var process = StressedProcess.start(0, List.of())) {
            process.text("/stress?seconds=3600&cores=" + cores + "&load=" + load + "&kind=" + kind);
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true); // while the code is compiled

            await().atMost(LONG).pollInterval(AT_ONCE).untilAsserted(() -> {
                double before = process.cpuSeconds();
                double waitedBefore = process.waitedSeconds();
                long begun = System.nanoTime();
                await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
                double used = process.cpuSeconds() - before;
                double waited = process.waitedSeconds() - waitedBefore;
                double asked = (System.nanoTime() - begun) / 1e9 * cores * load / 100;

                assertThat(used).isLessThanOrEqualTo(asked * 1.05);
                assertThat(used + waited).as("%s used, %s waited", used, waited).isGreaterThanOrEqualTo(asked * 0.95);
            });
        }
    }

    /** What is not to be had under the quota is the difference of requested and delivered. */
    @Test
    void shouldTellWhatWasDeliveredUnderAQuotaAndHowLongItWasThrottled() throws Exception {
        double quota = 0.25;
        try (var group = OwnGroup.withQuota(quota);
                var process = StressedProcess.start(0, group.doors())) {
            assertThat(process.json("/cpu").getDouble("cores")).isEqualTo(quota);
            process.text("/stress?seconds=2&wait=true");

            await().atMost(LONG).pollInterval(AT_ONCE).untilAsserted(() -> {
                var before = process.json("/cpu");
                double kernelBefore = group.throttledSeconds();
                long begun = System.nanoTime();
                var id = process.json("/stress?seconds=4&wait=true").getString("id");
                double seconds = (System.nanoTime() - begun) / 1e9;
                double kernel = group.throttledSeconds() - kernelBefore;
                var after = process.json("/cpu");

                var job = process.json("/stress/" + id);
                assertThat(job.getDouble("requestedSeconds")).isCloseTo(4, within(0.001));
                assertThat(job.getDouble("deliveredSeconds")).isCloseTo(4 * quota, FIVE_PERCENT);
                double used = group(after, "usedSeconds") - group(before, "usedSeconds");
                assertThat(used).as("of the group").isCloseTo(seconds * quota, FIVE_PERCENT);
                double throttled = group(after, "throttledSeconds") - group(before, "throttledSeconds");
                assertThat(throttled).as("as the kernel has it").isCloseTo(kernel, FIVE_PERCENT);
                // All the time in which it does not run, but for what other work makes it wait.
                assertThat(throttled).isBetween(seconds * (1 - quota) * 0.6, seconds * (1 - quota) * 1.05);
                double periods = group(after, "periods") - group(before, "periods");
                assertThat(periods).isCloseTo(seconds * 10, FIVE_PERCENT);
                assertThat(group(after, "throttledPeriods") - group(before, "throttledPeriods"))
                        .isBetween(periods * 0.9, periods);
            });
        }
    }

    /** The rest of the process has its share of the quota left, so that hardly a period ends too early for it. */
    @Test
    void shouldNotBeThrottledWhereHeadroomIsLeft() throws Exception {
        double quota = 0.4;
        int headroom = 25;
        try (var group = OwnGroup.withQuota(quota);
                var process = StressedProcess.start(headroom, group.doors())) {
            process.text("/stress?seconds=2&wait=true");

            await().atMost(LONG).pollInterval(AT_ONCE).untilAsserted(() -> {
                var before = process.json("/cpu");
                var id = process.json("/stress?seconds=4&cores=2&wait=true").getString("id");
                var after = process.json("/cpu");

                var job = process.json("/stress/" + id);
                assertThat(job.getDouble("requestedSeconds")).isCloseTo(8, within(0.001));
                assertThat(job.getDouble("deliveredSeconds"))
                        .isCloseTo(4 * quota * (100 - headroom) / 100, FIVE_PERCENT);
                double periods = group(after, "periods") - group(before, "periods");
                assertThat(group(after, "throttledPeriods") - group(before, "throttledPeriods"))
                        .isLessThan(0.2 * periods);
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
        try (var process = StressedProcess.start(0, List.of())) {
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

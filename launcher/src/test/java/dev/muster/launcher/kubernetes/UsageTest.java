package dev.muster.launcher.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.muster.launcher.catalogue.ClusterResult;
import dev.muster.launcher.kubernetes.ResourcePage.Sample;
import dev.muster.launcher.kubernetes.Usage.Use;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of pods and nodes, and what becomes of it. */
class UsageTest {
    @Test
    void shouldReadWhatAKubeletTellsOfANamespaceAndItsNode() {
        var page = ResourcePage.read("""
                # TYPE node_cpu_usage_seconds_total counter
                node_cpu_usage_seconds_total 52062.365973373 1795303094582
                node_memory_working_set_bytes 8.647225344e+09 1795303094582
                container_cpu_usage_seconds_total{container="muster",namespace="muster",pod="broker"} 1 1795303096285
                pod_cpu_usage_seconds_total{namespace="muster",pod="broker"} 10.276371538 1795303081198
                pod_cpu_usage_seconds_total{namespace="kube-system",pod="coredns"} 3 1795303081198
                pod_memory_working_set_bytes{namespace="muster",pod="broker"} 1.61394688e+08 1795303081198
                resource_scrape_error 0
                """, "muster");

        assertThat(page.nodeCpu()).contains(new Sample(52062.365973373, 1795303094582L));
        assertThat(page.nodeMemory()).contains(8.647225344e9);
        assertThat(page.podCpu()).containsExactly(entry("broker", new Sample(10.276371538, 1795303081198L)));
        assertThat(page.podMemory()).containsExactly(entry("broker", 161394688.0));
    }

    @Test
    void shouldSumUpAveragesOfCpuTheMostOfMemoryAndTheRestartsMeanwhile(@TempDir Path folder) throws Exception {
        try (var books = UsageBooks.in(folder)) {
            books.take(List.of(pod("a", 3)), Optional.of(usage(0.5, 100)));
            books.take(List.of(pod("a", 4), pod("b", 1)), Optional.of(usage(1.5, 50)));

            assertThat(books.soFar())
                    .containsEntry(ClusterResult.PODS.id(), 2.0)
                    .containsEntry(ClusterResult.PODS_RESTARTS.id(), 2.0)
                    .containsEntry(ClusterResult.PODS_MEMORY.id(), 100.0)
                    .hasEntrySatisfying(
                            ClusterResult.PODS_CPU.id(), cpu -> assertThat(cpu).isCloseTo(1.0, within(1e-9)));
            assertThat(books.last()).containsEntry(ClusterResult.PODS_MEMORY.id(), 50.0);
        }
        assertThat(Files.readAllLines(folder.resolve(UsageBooks.FILE)))
                .hasSize(6)
                .anyMatch(line -> line.endsWith(",pod,a,node-1,0.5000,100,3"))
                .anyMatch(line -> line.endsWith(",node,node-1,node-1,1.0000,1000,"))
                .anyMatch(line -> line.endsWith(",pod,b,node-1,,,1"));
        assertThat(Files.readAllLines(folder.resolve(UsageTable.FILE)))
                .containsExactly(
                        "kind,name,node,cpu_cores_mean,cpu_cores_max,memory_bytes_max,restarts",
                        "node,node-1,node-1,1.0000,1.0000,1000,",
                        "pod,a,node-1,1.0000,1.5000,100,4",
                        "pod,b,node-1,,,,1");
    }

    @Test
    void shouldSayNothingOfCpuThatNobodyTold(@TempDir Path folder) throws Exception {
        try (var books = UsageBooks.in(folder)) {
            books.take(List.of(pod("a", 0)), Optional.empty());

            assertThat(books.soFar()).containsOnlyKeys(ClusterResult.PODS.id(), ClusterResult.PODS_RESTARTS.id());
        }
    }

    @Test
    void shouldNotGoOnTellingWhatNobodyTellsAnyMore(@TempDir Path folder) throws Exception {
        try (var books = UsageBooks.in(folder)) {
            books.take(List.of(pod("a", 0)), Optional.of(usage(0.5, 100)));
            books.take(List.of(pod("a", 0)), Optional.empty());

            assertThat(books.last()).containsOnlyKeys(ClusterResult.PODS.id(), ClusterResult.PODS_RESTARTS.id());
            assertThat(books.soFar()).containsEntry(ClusterResult.PODS_CPU.id(), 0.5);
        }
    }

    @Test
    void shouldNotTakeCpuThatIsNotKnownYetForNone(@TempDir Path folder) throws Exception {
        var fresh = new Usage(Map.of("a", new Use(OptionalDouble.empty(), 100)), Map.of());
        try (var books = UsageBooks.in(folder)) {
            books.take(List.of(pod("a", 0)), Optional.of(fresh));
            books.take(List.of(pod("a", 0)), Optional.of(usage(0.5, 50)));

            assertThat(books.soFar()).containsEntry(ClusterResult.PODS_CPU.id(), 0.5);
        }

        assertThat(Files.readAllLines(folder.resolve(UsageBooks.FILE)))
                .anyMatch(line -> line.endsWith(",pod,a,node-1,,100,0"));
        assertThat(Files.readAllLines(folder.resolve(UsageTable.FILE))).contains("pod,a,node-1,0.5000,0.5000,100,0");
    }

    private static PodState pod(String name, int restarts) {
        return new PodState(name, "uid-" + name, "node-1", "Running", true, restarts, false);
    }

    private static Usage usage(double cores, double bytes) {
        return new Usage(
                Map.of("a", new Use(OptionalDouble.of(cores), bytes)),
                Map.of("node-1", new Use(OptionalDouble.of(1), 1000)));
    }
}

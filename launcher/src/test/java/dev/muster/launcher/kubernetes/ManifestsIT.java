package dev.muster.launcher.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kustomization, as the API server of a real cluster sees it: nothing is made but namespaces. */
class ManifestsIT {
    /** As the Prometheus operator defines it, as far as a server looks. */
    private static final String POD_MONITORS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: podmonitors.monitoring.coreos.com}
            spec:
              group: monitoring.coreos.com
              scope: Namespaced
              names: {kind: PodMonitor, listKind: PodMonitorList, plural: podmonitors, singular: podmonitor}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    private static final String DEFINITION = "crd/podmonitors.monitoring.coreos.com";
    private static boolean used;
    private static boolean defined;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @BeforeAll
    static void makeNamespaces() throws IOException {
        Kubectl.need();
        ClusterUnderTest.needUnused();
        used = true;
        for (var name : ClusterUnderTest.NAMESPACES) {
            Kubectl.ok("create", "namespace", name);
            Kubectl.ok("label", "--overwrite", "namespace", name, "pod-security.kubernetes.io/enforce=restricted");
        }
        // A cluster may have the operator's own, which stays as it is.
        if (Kubectl.run("get", DEFINITION).code() != 0) {
            var crd = Files.writeString(folder.resolve("podmonitors.yaml"), POD_MONITORS);
            Kubectl.ok("create", "-f", crd.toString());
            defined = true;
        }
        Kubectl.ok("wait", "--for=condition=Established", "--timeout=60s", DEFINITION);
    }

    @AfterAll
    static void remove() {
        if (defined) {
            Kubectl.run("delete", DEFINITION, "--timeout=60s");
        }
        if (used) {
            for (var name : ClusterUnderTest.NAMESPACES) {
                Kubectl.run("delete", "namespace", name, "--ignore-not-found", "--wait", "--timeout=240s");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void shouldBeTakenByTheServerWithoutAWarning(Path kustomization) throws IOException {
        var all = Files.writeString(folder.resolve("all.yaml"), Kubectl.ok("kustomize", kustomization.toString()));

        var answer = Kubectl.run("apply", "--dry-run=server", "--warnings-as-errors", "-f", all.toString());

        assertThat(answer.code()).as(answer.output()).isZero();
    }

    @Test
    void shouldTakeItsImagesFromOnePlace() throws IOException {
        var own = Kubectl.ok("kustomize", Kubectl.MANIFESTS.resolve("all").toString())
                .lines()
                .filter(line -> line.strip().startsWith("image:"))
                .map(line -> line.replaceFirst(".*image: ", "").replaceFirst(":.*", ""));

        assertThat(own.distinct()).containsExactlyInAnyOrder("muster", "busybox", "mariadb");
    }

    /** All that a user applies: not the components, and not the parts that are incomplete without them. */
    static List<Path> kustomizations() throws IOException {
        try (var files = Files.walk(Kubectl.MANIFESTS, 3)) {
            return files.filter(file -> file.endsWith("kustomization.yaml"))
                    .filter(ManifestsIT::stands)
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        }
    }

    private static boolean stands(Path file) {
        var folders = List.of(Kubectl.MANIFESTS.relativize(file).toString().split("/", -1));
        return Stream.of("components", "parts", "image", "java", "base", "minion", "engine")
                .noneMatch(folders::contains);
    }
}

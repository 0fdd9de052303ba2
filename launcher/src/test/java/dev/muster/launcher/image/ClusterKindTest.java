package dev.muster.launcher.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.Termination;
import dev.muster.launcher.command.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterKindTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void shouldTakeWhicheverIsInstalled() throws IOException {
        Files.createFile(
                folder.resolve("k3d"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

        assertThat(ClusterKind.installed(Map.of("PATH", "/nowhere:" + folder))).contains(ClusterKind.K3D);
        assertThat(ClusterKind.installed(Map.of("PATH", "/nowhere"))).isEmpty();
    }

    @Test
    void shouldAskEachForSoManyNodes() {
        assertThat(ClusterKind.KIND.configuration(3).lines().filter(line -> line.contains("role: ")))
                .hasSize(3);
        assertThat(ClusterKind.MINIKUBE.up(3, folder)).containsSequence("--nodes", "3");
        assertThat(ClusterKind.K3D.up(3, folder)).containsSequence("--agents", "2");
    }

    @Test
    void shouldTellEverythingThatIsWrongAtOnce() {
        var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var wrong = new Invocation(List.of("start", "--nodes=0"), Map.of("PATH", ""), out, new Termination());

        assertThatThrownBy(() -> new ClusterCommand().run(wrong))
                .isInstanceOfSatisfying(UsageException.class, e -> assertThat(e.problems())
                        .hasSize(3)
                        .anyMatch(problem -> problem.contains("up or down"))
                        .anyMatch(problem -> problem.startsWith("--nodes"))
                        .anyMatch(problem -> problem.contains("kind, minikube and k3d")));
    }
}

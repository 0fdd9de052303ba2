package dev.muster.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a go command of the tests' own; that the real one builds the real module is checked by .ci/run. */
class ServerBinariesTest {
    /** Writes its arguments to the log, and a program to where -o says. */
    private static final String GO = """
            #!/bin/sh
            echo "$@" >>"$HOME/calls"
            while [ "$1" != -o ]; do shift; done
            sleep 1.2
            printf '#!/bin/sh\\n' >"$2"
            chmod +x "$2"
            """;

    private final List<String> told = new CopyOnWriteArrayList<>();

    @TempDir
    private Path home;

    @Test
    void shouldTakeTheFolderThatTheVariableNames() throws Exception {
        var assets = Files.createDirectory(home.resolve("assets"));
        program(assets.resolve("etcd"), "#!/bin/sh\n");
        program(assets.resolve("kube-apiserver"), "#!/bin/sh\n");

        assertThat(binaries(Map.of(ServerBinaries.VARIABLE, assets.toString())).find())
                .isEqualTo(assets);
        assertThat(told).isEmpty();
    }

    @Test
    void shouldRefuseAFolderThatLacksAProgramRatherThanBuild() throws Exception {
        var assets = Files.createDirectory(home.resolve("assets"));
        program(assets.resolve("etcd"), "#!/bin/sh\n");

        assertThatThrownBy(() -> binaries(Map.of(ServerBinaries.VARIABLE, assets.toString(), "PATH", go()))
                        .find())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("KUBEBUILDER_ASSETS")
                .hasMessageContaining(assets.toString());
        assertThat(home.resolve("calls")).doesNotExist();
    }

    @Test
    void shouldBuildOnceWithProgressAndThenTakeItFromTheCache() throws Exception {
        var path = go();

        var first = binaries(Map.of("PATH", path)).find();
        var second = binaries(Map.of("PATH", "")).find();

        assertThat(second).isEqualTo(first);
        assertThat(first.resolve("etcd")).isExecutable();
        assertThat(first.resolve("kube-apiserver")).isExecutable();
        assertThat(first.resolveSibling("src/go.mod")).content().contains("k8s.io/kubernetes v1.36.3");
        assertThat(home.resolve("calls")).content().containsOnlyOnce("build").contains("v1.36.3");
        assertThat(told).first().asString().contains("building etcd and kube-apiserver", "minutes");
    }

    @Test
    void shouldBuildOnceWhenTwoAskAtTheSameTime() throws Exception {
        var path = go();

        var asked = new ArrayList<CompletableFuture<Path>>();
        for (int i = 0; i < 2; i++) {
            asked.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return binaries(Map.of("PATH", path)).find();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }

        assertThat(asked.get(0).get()).isEqualTo(asked.get(1).get());
        assertThat(home.resolve("calls")).content().containsOnlyOnce("build");
        assertThat(told).anyMatch(line -> line.contains("waiting for another"));
    }

    @Test
    void shouldSayWhatToInstallWithoutGo() {
        assertThatThrownBy(() -> binaries(Map.of("PATH", home.toString())).find())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("install Go 1.26 or newer")
                .hasMessageContaining("KUBEBUILDER_ASSETS");
    }

    @Test
    void shouldShowWhatTheCompilerSaidAndTryAgainTheNextTime() throws Exception {
        program(home.resolve("go"), "#!/bin/sh\necho 'go.mod requires go >= 1.26' >&2; exit 1\n");
        var old = home.toString();

        assertThatThrownBy(() -> binaries(Map.of("PATH", old)).find())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("requires go >= 1.26")
                .hasMessageContaining("build.log");
        assertThat(binaries(Map.of("PATH", go())).find().resolve("etcd")).isExecutable();
    }

    private ServerBinaries binaries(Map<String, String> more) {
        var environment = new HashMap<>(Map.of("HOME", home.toString()));
        environment.putAll(more);
        return new ServerBinaries(environment, told::add);
    }

    private String go() throws IOException {
        var folder = Files.createDirectories(home.resolve("go-bin"));
        program(folder.resolve("go"), GO);
        return folder + ":/usr/bin:/bin";
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

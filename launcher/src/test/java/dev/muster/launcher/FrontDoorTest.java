package dev.muster.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script {@code muster} in a small checkout of its own, with a Java and a Maven that only write down their calls. */
@Tag("smoke")
class FrontDoorTest {
    private static final List<String> TOOLS = List.of(
            "cat",
            "cmp",
            "date",
            "dirname",
            "find",
            "flock",
            "grep",
            "head",
            "mkdir",
            "readlink",
            "rm",
            "sed",
            "sha256sum",
            "sleep",
            "sort",
            "tail");

    @TempDir
    Path temp;

    private Path checkout;
    private Path tools;
    private Path jdk;

    private record Result(int exit, String out, String err, long pid) {}

    @BeforeEach
    void layOutACheckout() throws IOException {
        checkout = Files.createDirectories(temp.resolve("a checkout"));
        Files.copy(Path.of("..", "muster"), checkout.resolve("muster"));
        write("pom.xml", "<project/>");
        write(".mvn/jvm.config", "-Xmx1g");
        for (var module : List.of("verticles", "launcher")) {
            write(module + "/pom.xml", "<project/>");
            write(module + "/src/main/java/One.java", "class One {}");
            write(module + "/src/main/java/Two.java", "class Two {}");
            write(module + "/src/test/java/OneTest.java", "class OneTest {}");
        }
        write("k8s/testenv/go.mod", "module testenv");

        jdk = temp.resolve("jdk");
        script(
                jdk.resolve("bin/java"),
                "case $1 in -XX:ArchiveClassesAtExit=*) echo archive >\"${1#*=}\" ;; esac; echo \"$$ $*\"");
        script(jdk.resolve("bin/javac"), "exit 1");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"17.0.15\"\n");

        tools = Files.createDirectories(temp.resolve("tools"));
        for (var tool : TOOLS) {
            script(tools.resolve(tool), "exec " + findTool(tool) + " \"$@\"");
        }
        Files.createSymbolicLink(tools.resolve("java"), jdk.resolve("bin/java"));
        maven("sleep 0.2; mkdir -p launcher/target; echo jar >launcher/target/launcher.jar");
    }

    @Test
    void shouldBuildOnFirstUseAndOnlyRunAfterwards() throws Exception {
        var first = muster("run", "boot", "--set", "a b");
        var second = muster("run", "boot");

        assertThat(first.exit).isZero();
        assertThat(first.out).endsWith(" -jar " + checkout + "/launcher/target/launcher.jar run boot --set a b\n");
        assertThat(first.err).contains("building; the first time");
        assertThat(second.err).isEmpty();
        assertThat(second.out).contains("-XX:SharedArchiveFile=" + checkout + "/launcher/target/launcher.jsa");
        assertThat(builds()).isEqualTo(1);
    }

    /** What can happen to a checkout between two runs. */
    record Change(String what, Edit edit) {
        interface Edit {
            void make(Path home) throws IOException;
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static List<Change> changesOfTheSources() {
        return List.of(
                new Change(
                        "edited", home -> Files.writeString(home.resolve("launcher/src/main/java/One.java"), "// one")),
                new Change(
                        "added", home -> Files.writeString(home.resolve("launcher/src/main/java/New.java"), "// new")),
                new Change("deleted", home -> Files.delete(home.resolve("launcher/src/main/java/Two.java"))),
                new Change(
                        "renamed",
                        home -> Files.move(
                                home.resolve("launcher/src/main/java/Two.java"),
                                home.resolve("launcher/src/main/java/Six.java"))),
                new Change("edited, with an old time", home -> {
                    var file = Files.writeString(home.resolve("pom.xml"), "<project>2</project>");
                    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
                }),
                new Change("jar deleted", home -> Files.delete(home.resolve("launcher/target/launcher.jar"))),
                new Change("jar built by hand", home -> {
                    var jar = Files.writeString(home.resolve("launcher/target/launcher.jar"), "another");
                    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(1)));
                }));
    }

    static List<Change> changesOfNothing() {
        return List.of(
                new Change(
                        "touched",
                        home -> Files.setLastModifiedTime(
                                home.resolve("verticles/src/main/java/One.java"),
                                FileTime.from(Instant.now().plusSeconds(9)))),
                new Change(
                        "test edited",
                        home -> Files.writeString(home.resolve("verticles/src/test/java/OneTest.java"), "// other")));
    }

    @ParameterizedTest
    @MethodSource("changesOfTheSources")
    void shouldBuildOnceMoreWhenTheSourcesChanged(Change change) throws Exception {
        muster("run");

        change.edit.make(checkout);
        muster("run");
        muster("run");

        assertThat(builds()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("changesOfNothing")
    void shouldNotBuildWhenTheSourcesStayed(Change change) throws Exception {
        muster("run");

        change.edit.make(checkout);
        muster("run");

        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void shouldBuildOnceForTwoWhoStartAtOnce() throws Exception {
        maven("sleep 1; mkdir -p launcher/target; echo jar >launcher/target/launcher.jar");

        var one = start(List.of("run"));
        var two = start(List.of("run"));

        assertThat(end(one).exit + end(two).exit).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void shouldTellWhyABuildFailedAndTryAgainNextTime() throws Exception {
        maven("echo '[INFO] noise'; echo '[ERROR] One.java:[1,2] what is this'; exit 1");
        var failed = muster("run");

        maven("mkdir -p launcher/target; echo jar >launcher/target/launcher.jar");
        var mended = muster("run");

        assertThat(failed.exit).isEqualTo(1);
        assertThat(failed.out).isEmpty();
        assertThat(failed.err)
                .contains("One.java:[1,2] what is this")
                .contains("the build failed")
                .doesNotContain("noise");
        assertThat(mended.exit).isZero();
    }

    @Test
    void shouldBecomeTheJavaProcessSoThatSignalsAndTheExitCodePass() throws Exception {
        script(jdk.resolve("bin/java"), "echo \"$$ $*\"; exit 99");

        var result = muster("run");

        assertThat(result.exit).isEqualTo(99);
        assertThat(result.out).startsWith(result.pid + " ");
    }

    @Test
    void shouldSayWhatToInstallWhereThereIsNoJava() throws Exception {
        Files.delete(tools.resolve("java"));

        assertRefused("no Java found: install a JDK 17 or newer");
    }

    @Test
    void shouldSayWhatToInstallWhereJavaIsTooOld() throws Exception {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");

        assertRefused("is Java 11: install a JDK 17 or newer");
    }

    @Test
    void shouldAskAJavaThatHasNoReleaseFile() throws Exception {
        Files.delete(jdk.resolve("release"));
        script(jdk.resolve("bin/java"), "echo 'openjdk version \"1.8.0_392\"' >&2");

        assertRefused("is Java 1: install a JDK 17 or newer");
    }

    @Test
    void shouldSayWhatToInstallWhereThereIsNoCompiler() throws Exception {
        Files.delete(jdk.resolve("bin/javac"));

        assertRefused("has no compiler: install a JDK 17 or newer");
    }

    @Test
    void shouldSayWhatToInstallWhereThereIsNoMaven() throws Exception {
        Files.delete(tools.resolve("mvn"));

        assertRefused("no Maven found: install Maven 3.8 or newer");
    }

    @Test
    void shouldNameAJavaHomeThatIsWrong() throws Exception {
        var process = new ProcessBuilder(checkout.resolve("muster").toString(), "run");
        process.environment().put("JAVA_HOME", "/nowhere");
        process.environment().put("PATH", tools.toString());

        var result = end(process.start());

        assertThat(result.exit).isEqualTo(1);
        assertThat(result.err)
                .contains("JAVA_HOME is /nowhere, where there is no bin/java")
                .hasLineCount(1);
    }

    private void assertRefused(String reason) throws Exception {
        var result = muster("run");

        assertThat(result.exit).isEqualTo(1);
        assertThat(result.err).contains(reason).hasLineCount(1);
        assertThat(builds()).isZero();
    }

    private Result muster(String... arguments) throws Exception {
        return end(start(List.of(arguments)));
    }

    private Process start(List<String> arguments) throws IOException {
        var command = Stream.concat(Stream.of(checkout.resolve("muster").toString()), arguments.stream());
        var process = new ProcessBuilder(command.toList()).directory(temp.toFile());
        process.environment().remove("JAVA_HOME");
        process.environment().put("PATH", tools.toString());
        return process.start();
    }

    private static Result end(Process process) throws Exception {
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes(), UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out, err, process.pid());
    }

    private long builds() throws IOException {
        var calls = checkout.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    private void maven(String body) throws IOException {
        script(tools.resolve("mvn"), "echo \"$*\" >>calls; " + body);
    }

    private void write(String file, String text) throws IOException {
        var path = checkout.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static void script(Path path, String body) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(path, fromString("rwxr-xr-x"));
    }

    private static Path findTool(String name) {
        return Stream.of("/usr/bin", "/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("this test needs " + name));
    }
}

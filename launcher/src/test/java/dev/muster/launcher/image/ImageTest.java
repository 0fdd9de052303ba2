package dev.muster.launcher.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.launcher.command.Build;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.Termination;
import dev.muster.launcher.command.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImageTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void shouldTellEverythingThatIsWrongAtOnce() {
        var wrong = invocation(Map.of(Jdk.VARIABLE, folder.toString()), "word", "--jdk-arm64=" + folder);

        assertThatThrownBy(() -> new ImageCommand().run(wrong))
                .isInstanceOfSatisfying(UsageException.class, e -> assertThat(e.problems())
                        .hasSize(4)
                        .anyMatch(problem -> problem.contains("--tar=FILE"))
                        .anyMatch(problem -> problem.startsWith("JDK25_HOME is " + folder))
                        .anyMatch(problem -> problem.startsWith("--jdk-arm64"))
                        .anyMatch(problem -> problem.startsWith("word")));
    }

    @Test
    void shouldReadWhatAJdkIsFromItsReleaseFile() throws IOException {
        Files.writeString(
                folder.resolve("release"),
                "JAVA_VERSION=\"25.0.3\"\nJAVA_RUNTIME_VERSION=\"25.0.3+9-LTS\"\nOS_ARCH=\"aarch64\"\n");

        assertThat(Jdk.read(folder)).contains(new Jdk(folder, "25.0.3+9-LTS", 25, Platform.ARM64));
    }

    /** A class without stack maps is verified in the old way, and one of version 52 without them not at all: it is refused. */
    @Test
    void shouldGiveOldClassesStackMapsAndLeaveOthersAsTheyAre() throws Exception {
        var old = CommandLine.class.getName();
        var own = ImageTest.class.getName();

        var loader = new StackMapped(getClass().getClassLoader());

        assertThat(bytes(old)).startsWith(0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 49);
        assertThat(loader.mapped(old)).startsWith(0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 52);
        assertThat(loader.mapped(own)).isEqualTo(bytes(own));
        assertThat(Class.forName(old, true, loader)
                        .getMethod("usage", Object.class, PrintStream.class)
                        .getDeclaringClass()
                        .getClassLoader())
                .isSameAs(loader);
        assertThat(StackMaps.added("picocli/words.txt", new byte[] {1, 2, 3})).containsExactly(1, 2, 3);
    }

    /** Loads picocli as the image has it. */
    private static final class StackMapped extends ClassLoader {
        StackMapped(ClassLoader parent) {
            super(parent);
        }

        byte[] mapped(String name) throws IOException {
            return StackMaps.added(name + ".class", bytes(name));
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("picocli.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                var loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                try {
                    var content = mapped(name);
                    return defineClass(name, content, 0, content.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
    }

    private static byte[] bytes(String name) throws IOException {
        try (var content = ImageTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            return Objects.requireNonNull(content).readAllBytes();
        }
    }

    @Test
    void shouldStoreEveryEntryUncompressedAndLeaveOutWhatAnotherPlatformLoads() throws IOException {
        var jar = folder.resolve("original.jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "jib.jar");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "dev.muster.launcher.Main");
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
            manifest.write(out);
            for (var name : List.of(
                    "b/B.class", "a.txt", "META-INF/native/libx_x86_64.so", "META-INF/native/libx_aarch_64.so")) {
                out.putNextEntry(new ZipEntry(name));
                out.write("aaaaaaaaaaaaaaaaaaaaaaaa".getBytes(StandardCharsets.UTF_8));
            }
        }
        var stored = folder.resolve("launcher");
        var again = folder.resolve("again");

        StoredJar.write(jar, Platform.AMD64, stored);
        StoredJar.write(jar, Platform.AMD64, again);

        try (var read = new JarFile(stored.toFile())) {
            assertThat(read.stream().map(ZipEntry::getName))
                    .containsExactly(JarFile.MANIFEST_NAME, "META-INF/native/libx_x86_64.so", "a.txt", "b/B.class");
            assertThat(read.stream()).allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
            var main = read.getManifest().getMainAttributes();
            assertThat(main.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("dev.muster.launcher.Main");
            assertThat(main.getValue(Attributes.Name.CLASS_PATH)).isNull();
        }
        assertThat(again).hasSameBinaryContentAs(stored);
    }

    @Test
    void shouldNameTheImageOfARegistryByVersionAndCommit() {
        var build = new Build("1.2.0", "0123456789", true);

        assertThat(ImageName.local(build)).hasToString("muster:1.2.0");
        assertThat(ImageName.in("localhost:5000/team/", build))
                .hasToString("localhost:5000/team/muster:1.2.0-0123456789-dirty");
    }

    @Test
    void shouldWriteThePushedNameWhereTheManifestsTakeIt() throws IOException {
        var own = Path.of("..", "k8s", "image", "kustomization.yaml");
        var copy = Files.copy(own, folder.resolve("kustomization.yaml"));

        boolean written = Kustomization.write(copy, new ImageName("localhost:5000/muster", "1.2.0-abc"));

        assertThat(written).isTrue();
        assertThat(copy)
                .content()
                .contains("- name: muster\n    newName: localhost:5000/muster\n    newTag: \"1.2.0-abc\"\n")
                .contains("- name: busybox\n    newName: busybox\n");
    }

    private static Invocation invocation(Map<String, String> environment, String... arguments) {
        var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new Invocation(List.of(arguments), environment, out, new Termination());
    }
}

package dev.muster.launcher.image;

import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.roles.EmbeddedDatabase;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/** A temporary folder in which the parts of an image are put together. Gone when it is closed. */
final class Staging implements AutoCloseable {
    /** For programs that ask who they are, and where hosts are looked up. */
    private static final Map<String, String> ETC = Map.of(
            "passwd", "muster:x:" + ImageWriter.USER + ":" + ImageWriter.USER + "::/tmp:/none\n",
            "group", "muster:x:" + ImageWriter.USER + ":\n",
            "nsswitch.conf", "hosts: files dns\n");

    private final Path folder;

    Staging() throws IOException {
        this.folder = Files.createTempDirectory("muster-image-");
    }

    /** The jar that this class came from. */
    static Path jar() {
        try {
            var source = Path.of(Staging.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (!Files.isRegularFile(source)) {
                throw new StartException("an image is made of launcher.jar, not of " + source, null);
            }
            if (!Files.isRegularFile(source.resolveSibling("jib.jar"))) {
                throw new StartException(
                        "no jib.jar beside " + source + ": build images with ./muster in a checkout", null);
            }
            return source;
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the code's own location is no path", e);
        }
    }

    /** Where a file of that name may be put. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Puts an image for the target's platform together. */
    ImageWriter image(Path jar, Jdk jdk, Jdk target, Invocation invocation) throws IOException {
        boolean ours = target.equals(jdk);
        var parts = folder.resolve(target.platform().image());
        var runtime = parts.resolve("java");
        var work = Files.createDirectories(parts.resolve("work"));
        var etc = Files.createDirectories(parts.resolve("etc"));
        invocation
                .out()
                .println("linking Java " + target.version() + " for linux/"
                        + target.platform().image());
        JavaRuntime.link(jdk, target, runtime);
        StoredJar.write(jar, target.platform(), work.resolve(Contents.JAR));
        Contents.age(parts);
        if (ours) {
            archive(runtime, work, parts, invocation);
        }
        BillOfMaterials.write(jar.resolveSibling("."), target, SystemLibraries.version(), work.resolve("sbom.json"));
        for (var file : ETC.entrySet()) {
            Files.writeString(etc.resolve(file.getKey()), file.getValue());
        }
        var libraries = ours ? SystemLibraries.ofThisMachine(runtime) : SystemLibraries.ofArm64();
        return new ImageWriter(new Contents(libraries, runtime, work, etc), target.platform(), folder.resolve("cache"));
    }

    private static void archive(Path runtime, Path work, Path parts, Invocation invocation) throws IOException {
        var home = EmbeddedDatabase.home(invocation.environment());
        boolean database = Files.isExecutable(home.resolve("bin/mariadbd"));
        invocation.out().println("archiving the classes of a first run");
        new ClassArchive(runtime, work, Map.of(EmbeddedDatabase.HOME_VARIABLE, home.toString())).make(database, parts);
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

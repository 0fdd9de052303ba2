package dev.muster.launcher.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is in an image, as layers: those that seldom change first.
 *
 * @param libraries of the system, by their paths in the image
 * @param runtime folder of the Java runtime, with its archive of classes where there is one
 * @param work folder of what goes into the work directory
 * @param etc folder of what goes into /etc
 */
record Contents(Map<Path, Path> libraries, Path runtime, Path work, Path etc) {
    /** The jar in the work directory: the rest of a pod's command are its options. */
    static final String JAR = "launcher";

    /** The work directory. */
    static final String WORK = "/muster";

    /** The folder of the runtime. */
    static final String JAVA = "/opt/java";

    /** The time of every file: an archive of classes knows its jar by it, and the same sources give the same image. */
    static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    /** The archive of classes differs from build to build, and so has a layer of its own. */
    private static final String ARCHIVE = "classes.jsa";

    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
    private static final FilePermissions FILE = FilePermissions.fromOctalString("644");

    /** Gives all files below a folder the time that they have in the image. */
    static void age(Path folder) throws IOException {
        for (var file : files(folder)) {
            Files.setLastModifiedTime(file, FileTime.from(TIME));
        }
    }

    /** The image's layers. */
    List<FileEntriesLayer> layers() throws IOException {
        var system = FileEntriesLayer.builder().setName("system");
        libraries.forEach((path, file) -> system.addEntry(real(file), unix(path.toString()), PROGRAM, TIME));
        add(system, etc, "/etc");
        var java = FileEntriesLayer.builder().setName("java");
        var archive = FileEntriesLayer.builder().setName("classes");
        for (var file : files(runtime)) {
            var target = unix(JAVA + "/" + runtime.relativize(file));
            boolean isArchive = file.endsWith(ARCHIVE);
            (isArchive ? archive : java).addEntry(file, target, Files.isExecutable(file) ? PROGRAM : FILE, TIME);
        }
        var muster = FileEntriesLayer.builder().setName("muster");
        add(muster, work, WORK);
        return List.of(system.build(), java.build(), muster.build(), archive.build());
    }

    private static void add(FileEntriesLayer.Builder layer, Path folder, String target) throws IOException {
        for (var file : files(folder)) {
            layer.addEntry(file, unix(target + "/" + folder.relativize(file)), FILE, TIME);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AbsoluteUnixPath unix(String path) {
        return AbsoluteUnixPath.get(path);
    }
}

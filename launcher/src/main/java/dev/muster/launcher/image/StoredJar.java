package dev.muster.launcher.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The jar as the image has it: its entries are not compressed, so that the image's layer is compressed as a whole, which
 * is smaller, and a JVM reads classes without inflating them. Classes have stack maps, and what this platform can't load is
 * left out.
 */
final class StoredJar {
    /** The natives of Netty. */
    private static final String NATIVES = "META-INF/native/";

    /** The oldest time that a jar can hold, whatever the time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private StoredJar() {}

    static void write(Path jar, Platform platform, Path target) throws IOException {
        try (var source = new JarFile(jar.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(target))) {
            out.setMethod(ZipOutputStream.STORED);
            out.setLevel(0);
            store(out, JarFile.MANIFEST_NAME, manifest(source));
            for (var entry : entries(source, platform)) {
                try (var content = source.getInputStream(entry)) {
                    store(out, entry.getName(), StackMaps.added(entry.getName(), content.readAllBytes()));
                }
            }
        }
    }

    private static List<JarEntry> entries(JarFile source, Platform platform) {
        return source.stream()
                .filter(entry -> !entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME))
                .filter(entry ->
                        !entry.getName().startsWith(NATIVES) || entry.getName().endsWith(platform.nativeSuffix()))
                .sorted(Comparator.comparing(JarEntry::getName))
                .toList();
    }

    /** Without the class path: what lies beside the jar on a developer's machine is not in the image. */
    private static byte[] manifest(JarFile source) throws IOException {
        var manifest = source.getManifest();
        manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH);
        var bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream out, String name, byte[] content) throws IOException {
        var crc = new CRC32();
        crc.update(content);
        var entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}

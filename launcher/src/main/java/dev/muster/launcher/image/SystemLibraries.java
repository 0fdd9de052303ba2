package dev.muster.launcher.image;

import dev.muster.launcher.command.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The C library and what else a Java runtime is linked with: an image from nothing has to bring it. */
final class SystemLibraries {
    /** {@code libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x...)}, and the loader, which stands alone. */
    private static final Pattern NEEDED = Pattern.compile("(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)");

    /** A name that ldd does not find. */
    private static final Pattern MISSING = Pattern.compile("(\\S+) => not found");

    /** Loaded by name: by the natives in the jar, and to look up names, which the C library itself does in newer ones. */
    private static final List<String> BESIDE = List.of(
            "libdl.so.2", "libpthread.so.0", "librt.so.1", "libresolv.so.2", "libnss_files.so.2", "libnss_dns.so.2");

    /** Debian's libc6-arm64-cross. */
    private static final Path ARM64 = Path.of("/usr/aarch64-linux-gnu/lib");

    private static final Path ARM64_TARGET = Path.of("/lib/aarch64-linux-gnu");
    private static final String ARM64_LOADER = "ld-linux-aarch64.so.1";

    private SystemLibraries() {}

    /**
     * Those of this machine, where its loader finds them.
     *
     * @param runtime a linked runtime
     * @return the files by their paths in the image
     */
    static Map<Path, Path> ofThisMachine(Path runtime) {
        var command = new ArrayList<>(List.of("ldd"));
        command.add(runtime.resolve("bin/java").toString());
        libraries(runtime).forEach(library -> command.add(library.toString()));
        var output = Tool.run(Path.of("/"), command);
        var found = new TreeMap<Path, Path>();
        NEEDED.matcher(output)
                .results()
                .map(result -> Path.of(result.group(1)))
                .filter(path -> !path.startsWith(runtime))
                .forEach(path -> found.put(path, path));
        refuse(output, runtime);
        found.keySet().stream()
                .filter(path -> path.getFileName().toString().startsWith("libc.so"))
                .findFirst()
                .ifPresent(libc -> beside(libc, found));
        return found;
    }

    /** Those of Debian's package for 64-bit ARM. */
    static Map<Path, Path> ofArm64() {
        var loader = ARM64.resolve(ARM64_LOADER);
        if (!Files.isReadable(loader)) {
            throw new StartException(
                    "no C library for arm64 in " + ARM64 + ": install it (Debian: apt-get install libc6-arm64-cross)",
                    null);
        }
        var found = new TreeMap<Path, Path>();
        found.put(Path.of("/lib").resolve(ARM64_LOADER), loader);
        for (var name : List.of("libc.so.6", "libm.so.6")) {
            found.put(ARM64_TARGET.resolve(name), ARM64.resolve(name));
        }
        for (var name : BESIDE) {
            if (Files.isReadable(ARM64.resolve(name))) {
                found.put(ARM64_TARGET.resolve(name), ARM64.resolve(name));
            }
        }
        return found;
    }

    private static void beside(Path libc, Map<Path, Path> found) {
        BESIDE.stream().map(libc::resolveSibling).filter(Files::isReadable).forEach(path -> found.put(path, path));
    }

    private static void refuse(String output, Path runtime) {
        // The runtime's own libraries know each other by paths relative to the program that loads them.
        var missing = MISSING.matcher(output)
                .results()
                .map(result -> result.group(1))
                .filter(name -> !Files.exists(runtime.resolve("lib").resolve(name))
                        && !Files.exists(runtime.resolve("lib/server").resolve(name)))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            throw new StartException(
                    "the JDK needs libraries that this machine does not have: " + String.join(", ", missing), null);
        }
    }

    private static List<Path> libraries(Path runtime) {
        try (var files = Files.walk(runtime.resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".so"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version of the C library, for the bill of materials. */
    static String version() {
        var line = Tool.run(Path.of("/"), List.of("ldd", "--version")).lines().findFirst();
        return line.map(Pattern.compile("([0-9]+\\.[0-9]+)\\s*$")::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .orElse("unknown");
    }
}

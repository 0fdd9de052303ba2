package dev.muster.launcher.image;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK that a runtime is linked from.
 *
 * @param home its folder
 * @param version all of it: {@code 25.0.3+9-LTS}
 * @param feature its first number
 * @param platform that its runtime is for
 */
record Jdk(Path home, String version, int feature, Platform platform) {
    /** The oldest that goes into an image: the archive of classes and the linker are as this one has them. */
    static final int LEAST = 25;

    /** The variable that names one. */
    static final String VARIABLE = "JDK25_HOME";

    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    /**
     * The JDK of this machine that is to be used: the one that {@value #VARIABLE} names, else the one that runs this, else
     * one of those that Linux installs.
     *
     * @param problems takes what is wrong when there is none
     */
    static Optional<Jdk> find(Map<String, String> environment, List<String> problems) {
        var named = environment.getOrDefault(VARIABLE, "");
        var candidates = named.isEmpty() ? installed() : List.of(Path.of(named));
        var found = candidates.stream()
                .flatMap(home -> read(home).stream())
                .filter(Jdk::links)
                .findFirst();
        if (found.isEmpty()) {
            problems.add(
                    named.isEmpty()
                            ? "no JDK " + LEAST + " found: install one in " + INSTALLED + ", or name its folder in "
                                    + VARIABLE
                            : VARIABLE + " is " + named + ", which is no JDK " + LEAST
                                    + " of this machine with bin/jlink");
        }
        return found;
    }

    /** What is in a folder, if that is a JDK or a runtime. */
    static Optional<Jdk> read(Path home) {
        var release = home.resolve("release");
        if (!Files.isRegularFile(release)) {
            return Optional.empty();
        }
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(release).replace("\"", "")));
        } catch (IOException e) {
            return Optional.empty(); // of another user, perhaps
        }
        var version = properties.getProperty("JAVA_VERSION", "0");
        var feature = version.replaceFirst("[^0-9].*", "");
        return Platform.ofJava(properties.getProperty("OS_ARCH", ""))
                .map(platform -> new Jdk(
                        home,
                        properties.getProperty("JAVA_RUNTIME_VERSION", version),
                        feature.isEmpty() ? 0 : Integer.parseInt(feature),
                        platform));
    }

    /** Where the modules lie that another machine's linker can use. */
    Path modules() {
        return home.resolve("jmods");
    }

    private boolean links() {
        return feature >= LEAST
                && Files.isExecutable(home.resolve("bin/jlink"))
                && Platform.ours().filter(platform::equals).isPresent();
    }

    private static List<Path> installed() {
        var running = Stream.of(Path.of(System.getProperty("java.home")));
        if (!Files.isDirectory(INSTALLED)) {
            return running.toList();
        }
        try (var folders = Files.list(INSTALLED)) {
            return Stream.concat(running, folders.sorted()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.muster.launcher.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Which code this is. Two processes of the same build run the same code, unless it is dirty.
 *
 * @param version of the release that it is or becomes
 * @param commit abbreviated; empty when it was built outside a repository
 * @param dirty whether files differed from the commit
 */
public record Build(String version, String commit, boolean dirty) {
    private static final String RESOURCE = "/dev/muster/launcher/build.properties";

    /** The build of the running code. */
    public static Build ours() {
        return of(properties());
    }

    private static Properties properties() {
        var properties = new Properties();
        try (var stream = Build.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("no " + RESOURCE + " beside the classes");
            }
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    static Build of(Properties properties) {
        var commit = properties.getProperty("commit", "");
        boolean known = !commit.contains("$"); // the build left its placeholder: it found no repository
        return new Build(
                properties.getProperty("version", "unknown"),
                known ? commit : "",
                known && Boolean.parseBoolean(properties.getProperty("dirty")));
    }

    /** The versions of what takes part in a run, by name. */
    public static Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        var properties = properties();
        for (var part : List.of("vertx", "netty", "mariadb")) {
            versions.put(part, properties.getProperty(part, "unknown"));
        }
        return versions;
    }

    /** {@code version+commit[-dirty]}. */
    @Override
    public String toString() {
        return version + (commit.isEmpty() ? "" : "+" + commit) + (dirty ? "-dirty" : "");
    }
}

package dev.muster.launcher.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

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
        var properties = new Properties();
        try (var stream = Build.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("no " + RESOURCE + " beside the classes");
            }
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(properties);
    }

    static Build of(Properties properties) {
        var commit = properties.getProperty("commit", "");
        boolean known = !commit.contains("$"); // the build left its placeholder: it found no repository
        return new Build(
                properties.getProperty("version", "unknown"),
                known ? commit : "",
                known && Boolean.parseBoolean(properties.getProperty("dirty")));
    }

    /** {@code version+commit[-dirty]}. */
    @Override
    public String toString() {
        return version + (commit.isEmpty() ? "" : "+" + commit) + (dirty ? "-dirty" : "");
    }
}

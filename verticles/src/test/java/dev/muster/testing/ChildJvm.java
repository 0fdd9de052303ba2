package dev.muster.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM beside the test's own, with the same classes. */
public final class ChildJvm {
    private ChildJvm() {}

    /** Starts the main method of a class. Errors go to the test's own; the caller ends it. */
    public static Process start(Class<?> main, String... arguments) throws IOException {
        return start(List.of(), main, arguments);
    }

    /**
     * The same, under another command.
     *
     * @param under such as {@code ip netns exec NAME}: a command that runs the one behind it
     */
    public static Process start(List<String> under, Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<>(under);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}

package dev.muster.launcher.image;

import dev.muster.launcher.command.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs that end by themselves. */
final class Tool {
    private static final int MOST_MINUTES = 10;
    private static final int LAST_WORDS = 300;

    private Tool() {}

    /**
     * Runs a program to its end.
     *
     * @return what it wrote, to either stream
     * @throws StartException when there is no such program, or when it fails
     */
    static String run(Path folder, List<String> command) {
        var name = Path.of(command.get(0)).getFileName();
        try {
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new StartException(name + " did not end within " + MOST_MINUTES + " minutes", null);
            }
            if (process.exitValue() != 0) {
                throw new StartException(name + " failed: " + lastWords(output), null);
            }
            return output;
        } catch (IOException e) {
            throw new StartException("can't run " + command.get(0) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while " + name + " ran", e);
        }
    }

    private static String lastWords(String output) {
        var text = output.strip();
        return text.substring(Math.max(0, text.length() - LAST_WORDS));
    }
}

package dev.muster.launcher.run;

import dev.muster.launcher.command.OwnJava;
import dev.muster.launcher.command.StartException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another process of the same Muster, which ends when this one does. A signal to all processes of the terminal, as Ctrl-C
 * is, does not reach it: it goes on until its standard input ends, when {@link #stop} closes that or the kernel does
 * because this process is no more.
 */
final class ChildProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final long STOP_SECONDS = 15;
    private static final int LAST_LINES = 10;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Process process;
    private final Path log;
    private volatile boolean stopping;

    private ChildProcess(
            String name, List<String> command, Map<String, String> environment, Process process, Path log) {
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param name what to call it
     * @param arguments as on the command line of Muster
     * @param environment all its variables
     * @param log a file that takes all its output
     * @throws StartException when it can't be started
     */
    static ChildProcess start(String name, List<String> arguments, Map<String, String> environment, Path log) {
        var command = new ArrayList<String>();
        // What is ignored when the JVM starts stays ignored.
        command.addAll(List.of("/bin/sh", "-c", "trap '' INT TERM HUP; exec \"$@\"", "muster"));
        command.addAll(OwnJava.command());
        command.addAll(arguments);
        command.add("--end-with-input");
        return launch(name, command, environment, log);
    }

    private static ChildProcess launch(String name, List<String> command, Map<String, String> environment, Path log) {
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, command, environment, builder.start(), log);
        } catch (IOException e) {
            throw new StartException("can't start the process " + name + ": " + e.getMessage(), e);
        }
    }

    /** What it is called. */
    String name() {
        return name;
    }

    /** It and all that it has started, as far as they have not ended. */
    List<ProcessHandle> tree() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    /** Starts the same again, which adds to the same log. */
    ChildProcess again() {
        return launch(name, command, environment, log);
    }

    /**
     * Ends it as something from without does, and waits until it and all processes that it has started have ended, as
     * those of a pod.
     *
     * @param force SIGKILL; otherwise it is told to stop
     * @param children whether the processes that it has started get SIGKILL as well
     * @throws StartException when they don't end in time
     */
    void interfere(boolean force, boolean children) {
        stopping = true;
        var started = process.descendants().toList();
        if (force) {
            process.destroyForcibly();
        }
        if (children) {
            started.forEach(ProcessHandle::destroyForcibly);
        }
        if (!force) {
            stop();
        }
        var all = Stream.concat(Stream.of(process.toHandle()), started.stream());
        try {
            CompletableFuture.allOf(all.map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new StartException("the process " + name + " has not ended in " + STOP_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while the process " + name + " ended", e);
        }
    }

    /** Whether it has ended without having been told to. */
    boolean isLost() {
        return !stopping && !process.isAlive();
    }

    /** How it ended too early and what it said last, for people. For a process that {@link #isLost}. */
    String epitaph() {
        var text = new StringBuilder("the process " + name + " has ended too early, with exit code "
                + process.exitValue() + "; its last lines in " + log + ":");
        lastLines().forEach(line -> text.append("\n  ").append(line));
        return text.toString();
    }

    private List<String> lastLines() {
        try {
            var lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.isEmpty()
                    ? List.of("(none)")
                    : lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        } catch (IOException e) {
            return List.of("(can't be read: " + e.getMessage() + ")");
        }
    }

    /** Ends it, by force when it takes too long, and waits for that. */
    void stop() {
        stopping = true;
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("event=child_killed name={} seconds={}", name, STOP_SECONDS);
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            LOG.debug("event=child_input name={}", name, e); // its end is closed already: it has ended
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

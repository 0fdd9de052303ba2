package dev.muster.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program as a child process. It ends with this process, even when this process is killed: its shell parent waits on a
 * pipe that the kernel closes then. Starting and closing block; call them from outside the event loops.
 */
public final class Child implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Child.class);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final int LOG_LINES = 5;

    /** Reports the program's process id, ends the program when standard input ends, and ends with the program. */
    private static final String SUPERVISOR = """
            trap '' INT HUP TERM
            exec 3<&0
            signal=$1 log=$2
            shift 2
            "$@" </dev/null >>"$log" 2>&1 3<&- &
            server=$!
            echo $server
            (while read -r line; do :; done; kill -"$signal" $server) <&3 &
            watcher=$!
            wait $server
            code=$?
            kill -KILL $watcher
            exit $code""";

    private final String name;
    private final Path log;
    private final Process supervisor;
    private final long pid;

    /** How a program is asked to end. */
    public enum End {
        /** It may do what it must first. */
        TERM,
        /** At once: nothing of what it holds is wanted any more. */
        KILL
    }

    private Child(String name, Path log, Process supervisor, long pid) {
        this.name = name;
        this.log = log;
        this.supervisor = supervisor;
        this.pid = pid;
    }

    /**
     * Starts a program.
     *
     * @param name for the log
     * @param command the program and its arguments
     * @param environment variables beside those of this process
     * @param log takes all that it writes
     * @param end how it ends when it is closed, or when this process has ended
     * @throws IOException when no shell can be started; a program that does not exist ends with code 127
     */
    public static Child start(String name, List<String> command, Map<String, String> environment, Path log, End end)
            throws IOException {
        var all = new ArrayList<>(List.of("/bin/sh", "-c", SUPERVISOR, name, end.name(), log.toString()));
        all.addAll(command);
        var builder = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        var supervisor = builder.start();
        return new Child(name, log, supervisor, Long.parseLong(firstLine(name, supervisor)));
    }

    /** The program's process id. */
    public long pid() {
        return pid;
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return supervisor.isAlive();
    }

    /**
     * What it ended with.
     *
     * @throws IllegalThreadStateException while it runs
     */
    public int exitCode() {
        return supervisor.exitValue();
    }

    /** Waits until it has ended, up to this time; whether it has. */
    public boolean awaitEnd(Duration most) throws IOException {
        try {
            return supervisor.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + name + " ends", e);
        }
    }

    /** The last lines that it wrote, on one line. */
    public String lastWords() throws IOException {
        return lastWords(log);
    }

    /** The last lines of a program's log, on one line. */
    public static String lastWords(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "no log was written";
        }
        var lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    /** Kills it, as the machine might. Nothing happens when it has ended. */
    public void kill() throws IOException {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
        awaitEnd(STOP);
    }

    /** Ends it, and kills it when it does not end in time. */
    @Override
    public void close() throws IOException {
        supervisor.getOutputStream().close();
        if (!awaitEnd(STOP)) {
            LOG.warn(
                    "event=child_killed name={} pid={} cause=\"did not stop within {} s\"",
                    name,
                    pid,
                    STOP.toSeconds());
            kill();
        }
    }

    private static String firstLine(String name, Process process) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        var line = reader.readLine();
        if (line == null) {
            throw new IOException("the supervisor of " + name + " did not start");
        }
        return line;
    }
}

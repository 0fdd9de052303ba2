package dev.muster.launcher.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Shows how a run goes on: one line that is rewritten on a terminal, and elsewhere a plain line every few seconds. It
 * writes to standard error, so that standard output holds the result alone. Safe to use from any thread.
 */
final class Progress {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final String ERASE_LINE = "\r\u001b[2K";
    private static final long PLAIN_NANOS = Duration.ofSeconds(2).toNanos();

    private final PrintStream out;
    private final boolean terminal;
    private long lastPlain;
    private boolean open;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        this.lastPlain = System.nanoTime() - PLAIN_NANOS;
    }

    /** On this process's standard error. */
    static Progress standard() {
        return new Progress(System.err, isTerminal());
    }

    /** System.console() can't tell: from Java 22 on it is there without a terminal, too. */
    private static boolean isTerminal() {
        try {
            var target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException notLinux) {
            return false;
        }
    }

    /** Something happened that stays to be read. */
    synchronized void event(String text) {
        close();
        out.println(text);
    }

    /** How far it is now. */
    synchronized void now(String text) {
        if (terminal) {
            out.print(ERASE_LINE + text);
            out.flush();
            open = true;
        } else if (System.nanoTime() - lastPlain >= PLAIN_NANOS) {
            out.println(text);
            lastPlain = System.nanoTime();
        }
    }

    /** Leaves the line as it is. */
    synchronized void close() {
        if (open) {
            out.println();
            open = false;
        }
    }

    /** A bar of fixed width for a share of 0 to 1. */
    static String bar(double share) {
        int width = 24;
        int full = (int) Math.round(Math.max(0, Math.min(1, share)) * width);
        return "[" + "#".repeat(full) + "-".repeat(width - full) + "]";
    }
}

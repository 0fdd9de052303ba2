package dev.muster.launcher.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Shows how a run goes on: one line that is rewritten on a terminal, and elsewhere a plain line every few seconds. It
 * writes to standard error, so that standard output holds the result alone. Safe to use from any thread.
 */
public final class Progress {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final String ERASE_LINE = "\r\u001b[2K";
    private static final String ERASE_BELOW = "\u001b[J";
    /** Lines that are longer than the terminal is wide are cut, so that each is one row and can be found again. */
    private static final String CUT = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";
    private static final long PLAIN_NANOS = Duration.ofSeconds(2).toNanos();

    private final PrintStream out;
    private final boolean terminal;
    private long lastPlain;
    private boolean open;
    private int drawnBelow;
    private String latest = "";
    private List<String> below = List.of();

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        this.lastPlain = System.nanoTime() - PLAIN_NANOS;
    }

    /** On this process's standard error. */
    static Progress standard() {
        return new Progress(System.err, isOnTerminal());
    }

    /** System.console() can't tell: from Java 22 on it is there without a terminal, too. */
    private static boolean isOnTerminal() {
        try {
            var target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException notLinux) {
            return false;
        }
    }

    /** Something happened that stays to be read. */
    public synchronized void event(String text) {
        close();
        out.println(text);
    }

    /** Whether it writes to a terminal, and so what it shows can be drawn anew. */
    boolean isTerminal() {
        return terminal;
    }

    /** What is to stand below the line from the next time on that it is drawn, until it is left as it is. */
    synchronized void below(List<String> lines) {
        below = List.copyOf(lines);
    }

    /** How far it was when that was last told; empty before. */
    synchronized String latest() {
        return latest;
    }

    /** How far it is now. */
    public synchronized void now(String text) {
        latest = text;
        if (terminal) {
            draw(text);
            open = true;
        } else if (System.nanoTime() - lastPlain >= PLAIN_NANOS) {
            out.println(text);
            lastPlain = System.nanoTime();
        }
    }

    private void draw(String text) {
        var all = new StringBuilder();
        if (drawnBelow > 0) {
            all.append("\r\u001b[").append(drawnBelow).append('A').append(ERASE_BELOW);
        } else {
            all.append(ERASE_LINE);
        }
        if (!below.isEmpty()) {
            all.append(CUT);
        }
        all.append(text);
        below.forEach(line -> all.append('\n').append(line));
        if (!below.isEmpty()) {
            all.append(WRAP);
        }
        drawnBelow = below.size();
        out.print(all);
        out.flush();
    }

    /** Leaves the line as it is, and what is below it. */
    public synchronized void close() {
        if (open) {
            out.println();
            open = false;
            drawnBelow = 0;
            below = List.of();
        }
    }

    /** A bar of fixed width for a share of 0 to 1. */
    public static String bar(double share) {
        int width = 24;
        int full = (int) Math.round(Math.max(0, Math.min(1, share)) * width);
        return "[" + "#".repeat(full) + "-".repeat(width - full) + "]";
    }
}

package dev.muster.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * By how much the kernel may let a thread sleep longer than it asked to, so that one timer wakes several: 50 us on Linux
 * unless a thread wants less. Each thread has its own, see prctl(2), PR_SET_TIMERSLACK; a thread may also write it to
 * {@code /proc/TID/timerslack_ns} since Linux 4.6, see proc_pid_timerslack_ns(5), and that needs no native code.
 */
public final class TimerSlack {
    private static final Path CURRENT_THREAD = Path.of("/proc/thread-self");
    private static final String LEAST_NANOS = "1";

    private TimerSlack() {}

    /** Wants the least for the calling thread; returns whether the kernel agreed. */
    public static boolean least() {
        try {
            Files.writeString(ofCurrentThread(), LEAST_NANOS);
            return true;
        } catch (IOException noSuchKernel) {
            return false;
        }
    }

    /** Where the calling thread's slack is read and written, in nanoseconds. */
    static Path ofCurrentThread() throws IOException {
        var thread = Files.readSymbolicLink(CURRENT_THREAD).getFileName();
        return Path.of("/proc", thread.toString(), "timerslack_ns");
    }
}

package dev.muster.launcher.roles;

import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The standard input of this process as a sign of life of the one that holds its other end. */
final class StandardInput {
    private static final Logger LOG = LoggerFactory.getLogger(StandardInput.class);

    private StandardInput() {}

    /** Does something when it ends: closed by the other process, or by the kernel when that one is no more. */
    static void atEnd(Runnable action) {
        var thread = new Thread(
                () -> {
                    awaitEnd();
                    action.run();
                },
                "standard-input");
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitEnd() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOG.debug("event=input_failed", e); // what can't be read any more has ended
        }
    }
}

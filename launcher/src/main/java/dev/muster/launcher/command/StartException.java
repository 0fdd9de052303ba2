package dev.muster.launcher.command;

import org.jspecify.annotations.Nullable;

/** The process can't begin, or can't go on: the message is one line that tells the user why, and what to do. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.muster.node;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How a role says that its work is over and the process is to end. Safe to use from any thread. */
public final class Ending {
    private final CompletableFuture<Asked> asked = new CompletableFuture<>();

    /**
     * The end that a role asked for.
     *
     * @param code what the process exits with, 0 to 255
     * @param reason one line for the user
     */
    public record Asked(int code, String reason) {}

    /** Asks for the process to be stopped cleanly. What was asked first counts. */
    public void ask(int code, String reason) {
        asked.complete(new Asked(code, reason));
    }

    /** Completes on the asking thread when a role asks. */
    public CompletionStage<Asked> asked() {
        return asked.minimalCompletionStage();
    }
}

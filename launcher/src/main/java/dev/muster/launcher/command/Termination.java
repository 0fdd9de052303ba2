package dev.muster.launcher.command;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * How a command learns that the process is told to end: SIGTERM, or Ctrl-C. A command that holds something which needs a
 * clean end says here what is to be done, and takes it back once it has ended by itself. Safe to use from any thread.
 */
public final class Termination {
    private static final Supplier<Optional<ExitCode>> NOTHING = Optional::empty;

    private final AtomicReference<Supplier<Optional<ExitCode>>> action = new AtomicReference<>(NOTHING);

    /**
     * What is to be done when the process is told to end. Replaces what was to be done before.
     *
     * @param action ends all cleanly, within the grace period of a pod; returns the code to exit with, or empty for the
     *     signal's own: 130 after Ctrl-C, 143 after SIGTERM
     */
    public void onSignal(Supplier<Optional<ExitCode>> action) {
        this.action.set(action);
    }

    /** The command has ended by itself: nothing is left to be done. */
    public void forget() {
        action.set(NOTHING);
    }

    /** The process is told to end: does what is to be done, once. */
    public Optional<ExitCode> happen() {
        return action.getAndSet(NOTHING).get();
    }
}

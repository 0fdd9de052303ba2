package dev.muster.launcher.guard;

import dev.muster.launcher.command.StartException;
import dev.muster.launcher.command.UsageException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a user says before something is done that can't be undone.
 *
 * @param what is to be done, as an error says it
 * @param yes whether the user has agreed beforehand
 */
record Agreement(String what, boolean yes) {
    /**
     * Asks, unless the user has agreed.
     *
     * @throws StartException when the user says no
     * @throws UsageException when there is nobody to ask
     */
    void ask(String question) {
        if (!yes) {
            require(typed(question));
        }
    }

    void require(Optional<String> answer) {
        if (answer.isEmpty()) {
            throw new UsageException(List.of("--yes is needed to " + what + ": there is no terminal to ask on"));
        }
        if (!answer.get().strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new StartException("nothing was done", null);
        }
    }

    /** Empty where nobody can type: a JDK from 22 on has a console then too, which ends at once. */
    @SuppressWarnings("SystemConsoleNull")
    private static Optional<String> typed(String question) {
        var console = System.console();
        return console == null ? Optional.empty() : Optional.ofNullable(console.readLine("%s", question));
    }
}

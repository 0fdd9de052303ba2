package dev.muster.launcher.command;

/** What the first word on the command line picks. */
public interface Command {
    /** The word: {@code run}. */
    String name();

    /** One line of help. */
    String summary();

    /** All of its help, for {@code --help} behind its name. */
    String help(Invocation invocation);

    /**
     * Does the work and returns when it is done.
     *
     * @return the process's exit code
     * @throws UsageException when the options are wrong; nothing was started
     * @throws StartException when it can't begin for a reason that the user can mend
     */
    ExitCode run(Invocation invocation);
}

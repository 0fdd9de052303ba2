package dev.muster.launcher.command;

/** A role has ended its process, with a code of its own. Its message is one line for the user. */
public final class EndedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    /**
     * @param code what the process exits with, 0 to 255
     */
    public EndedException(int code, String reason) {
        super(reason);
        this.code = code;
    }

    /** What the process exits with. */
    public int code() {
        return code;
    }
}

package dev.muster.informer;

import dev.muster.kube.Reflector.End;
import dev.muster.kube.Reflector.Listener;

/**
 * The watches of an informer that tells nothing of them, one after the other, as their requests and lists show them. Of an
 * end without an error the next step says why: the next watch goes on where this one ended, and a list means that the
 * server had forgotten where. For one event loop.
 */
final class WatchLife {
    private static final int GONE = 410;

    private final Listener listener;
    private State state = State.NONE;

    private enum State {
        /** None was open yet, or the last one's end was told. */
        NONE,
        OPEN,
        /** The end of the last one is still to be told. */
        ENDED
    }

    WatchLife(Listener listener) {
        this.listener = listener;
    }

    void opened() {
        if (state != State.NONE) {
            listener.closed(End.TIME, "");
        }
        state = State.OPEN;
        listener.opened("");
    }

    void ended() {
        if (state == State.OPEN) {
            state = State.ENDED;
        }
    }

    /** A list was begun. */
    void listed() {
        if (state != State.NONE) {
            close(End.GONE, "the server had forgotten where to go on");
        }
    }

    void refused(int status, String message) {
        close(status == GONE ? End.GONE : End.ERROR, status + " " + message);
    }

    void lost(String cause) {
        close(End.CONNECTION, cause);
    }

    private void close(End end, String cause) {
        state = State.NONE;
        listener.closed(end, cause);
    }
}

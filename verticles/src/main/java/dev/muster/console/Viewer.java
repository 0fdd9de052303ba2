package dev.muster.console;

import io.vertx.core.http.HttpServerResponse;

/** One stream of events. A reader that does not keep up misses some, and is let go when that goes on. */
final class Viewer {
    /** Half a minute of two events a second. */
    private static final int PATIENCE = 60;

    private final HttpServerResponse response;
    private int missed;

    /** @param response whose headers are set; a reader that loses it is to come back after a second */
    Viewer(HttpServerResponse response) {
        this.response = response;
        response.write("retry: 1000\n\n");
    }

    /**
     * Sends an event, if the reader has taken those before.
     *
     * @return false when it has taken none for too long
     */
    boolean send(String event, String json) {
        if (response.writeQueueFull()) {
            missed++;
            return missed < PATIENCE;
        }
        missed = 0;
        response.write("event: " + event + "\ndata: " + json + "\n\n");
        return true;
    }

    void end() {
        if (!response.ended() && !response.closed()) {
            response.end();
        }
    }
}

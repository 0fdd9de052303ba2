package dev.muster.bus;

/**
 * The answer to {@link BlocksLoad} when its time is over and nothing of it is under way any more.
 *
 * @param bytes of blocks that the client received, or handed to its connections when it sent them
 * @param nanos from the start to the end of the load
 * @param completed requests answered in full
 * @param failed requests that were not
 * @param cut requests that were under way at the end
 * @param path what the connections spoke
 */
public record BlocksLoadDone(long bytes, long nanos, long completed, long failed, long cut, Path path)
        implements Message {
    /**
     * How the bytes went.
     *
     * @param protocol such as {@code HTTP/2}
     * @param tls such as {@code TLSv1.3}; empty without TLS
     * @param cipher as TLS names it; empty without TLS
     * @param engine what does TLS in the client
     * @param connections how many there were
     * @param streams requests at a time on each
     * @param clientWindow what the server may send unacknowledged on a stream, in bytes
     * @param serverWindow what the client may send unacknowledged on a stream, in bytes; 0 with HTTP/1.1
     * @param clientFrame the largest frame that the client takes, in bytes
     * @param serverFrame the largest frame that the server takes, in bytes; 0 with HTTP/1.1
     */
    public record Path(
            String protocol,
            String tls,
            String cipher,
            String engine,
            int connections,
            int streams,
            int clientWindow,
            int serverWindow,
            int clientFrame,
            int serverFrame) {}
}

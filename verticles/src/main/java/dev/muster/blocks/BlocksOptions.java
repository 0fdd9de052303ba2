package dev.muster.blocks;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the role {@code blocks}: of its server, and of its client, which there is with a base URL. */
public interface BlocksOptions {
    @Option(
            names = "--blocks-port",
            defaultValue = "8443",
            paramLabel = "PORT",
            description = "TLS port of /blocks, HTTP/2 and HTTP/1.1 (default: 8443; 0: any free port).")
    int port();

    @Nullable @Option(
            names = "--blocks-plain-port",
            paramLabel = "PORT",
            description = "Port of /blocks without TLS, h2c and HTTP/1.1; 0: any free port (default: none).")
    Integer plainPort();

    @Option(
            names = "--blocks-instances",
            defaultValue = "0",
            paramLabel = "N",
            description = "Event loops that serve, 1 to 256 (default: 0, one for each processor).")
    int instances();

    @Nullable @Option(
            names = "--blocks-cert",
            paramLabel = "FILE",
            description = "The server's certificate chain, PEM; read again when it changes (default: a self-signed one"
                    + " that is made at each start).")
    Path cert();

    @Nullable @Option(
            names = "--blocks-key",
            paramLabel = "FILE",
            description = "The private key of --blocks-cert, PEM, PKCS#8; read again when it changes.")
    Path key();

    @Option(
            names = "--blocks-tls",
            defaultValue = "auto",
            paramLabel = "ENGINE",
            description =
                    "What does TLS: openssl (BoringSSL by netty-tcnative), jdk, or auto, which takes openssl where"
                            + " it is there (default: auto).")
    TlsEngine tls();

    @Nullable @Option(
            names = "--blocks-key-log",
            paramLabel = "FILE",
            description = "Appends the keys of every TLS connection, of server and client, in the NSS key-log format,"
                    + " for Wireshark. Whoever reads the file can decrypt all (default: the environment's SSLKEYLOGFILE,"
                    + " else none).")
    Path keyLog();

    @Option(
            names = "--blocks-max-connections",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Connections that the server holds, 1 to 1000000; one more is closed (default: 1000).")
    int maxConnections();

    @Option(
            names = "--blocks-max-streams",
            defaultValue = "100",
            paramLabel = "N",
            description = "Requests at a time on one HTTP/2 connection, 1 to 10000 (default: 100).")
    int maxStreams();

    @Option(
            names = "--blocks-max-bytes",
            defaultValue = "1099511627776",
            paramLabel = "BYTES",
            description = "Bytes of one request or answer, 2 to 2^60; more is refused (default: 1099511627776, 1 TiB).")
    long maxBytes();

    @Option(
            names = "--blocks-max-duration",
            defaultValue = "1h",
            paramLabel = "TIME",
            description = "How long one request may take, 1s to 24h; a schedule that takes longer is refused, and a"
                    + " request that does is reset (default: 1h).")
    Duration maxDuration();

    @Option(
            names = "--blocks-log-period",
            defaultValue = "10s",
            paramLabel = "TIME",
            description = "How often the client logs its bytes and the rate since, 1s to 1h (default: 10s).")
    Duration logPeriod();

    @Nullable @Option(
            names = "--blocks-base-url",
            paramLabel = "URL",
            description = "Makes it a client as well: https://HOST:PORT, or http://HOST:PORT for HTTP/2 without TLS"
                    + " (default: none).")
    URI baseUrl();

    @Option(
            names = "--blocks-direction",
            defaultValue = "download",
            paramLabel = "WAY",
            description = "Client: download or upload (default: download).")
    Direction direction();

    @Option(
            names = "--blocks-connections",
            defaultValue = "1",
            paramLabel = "N",
            description = "Client: connections, 1 to 10000 (default: 1).")
    int connections();

    @Option(
            names = "--blocks-threads",
            defaultValue = "1",
            paramLabel = "N",
            description = "Client: requests at a time on each connection, 1 to 10000; with --blocks-rate the most"
                    + " (default: 1; with --blocks-rate: 100).")
    int threads();

    @Option(
            names = "--blocks-size",
            defaultValue = "500",
            paramLabel = "BYTES",
            description = "Client: bytes of a block, 2 to 1073741824 (default: 500).")
    long size();

    @Option(
            names = "--blocks-period",
            defaultValue = "10ms",
            paramLabel = "TIME",
            description = "Client: one block each period, 0s to 1m; 0s: as fast as it goes (default: 10ms).")
    Duration period();

    @Option(
            names = "--blocks-per-request",
            defaultValue = "2001",
            paramLabel = "N",
            description = "Client: each request has N to 2N - 1 blocks, at random, 1 to 1000000000 (default: 2001).")
    long perRequest();

    @Option(names = "--blocks-fixed", description = "Client: each request has exactly --blocks-per-request blocks.")
    boolean fixed();

    @Nullable @Option(
            names = "--blocks-duration",
            paramLabel = "TIME",
            description = "Client: how long it sends requests, 1s to 30d; what is under way then is cut off (default:"
                    + " until it is stopped).")
    Duration duration();

    @Nullable @Option(
            names = "--blocks-rate",
            paramLabel = "PER_SECOND",
            description = "Client: an open loop of so many requests a second over all connections, above 0 to 100000,"
                    + " timed from when each was to begin (default: a closed loop).")
    Double rate();

    @Nullable @Option(
            names = "--blocks-ca",
            paramLabel = "FILE",
            description = "Client: certificates of authorities to trust, PEM (default: those of the JVM).")
    Path ca();

    @Option(names = "--blocks-insecure", description = "Client: trusts any certificate for any name.")
    boolean insecure();

    @Option(
            names = "--blocks-http",
            defaultValue = "2",
            paramLabel = "VERSION",
            description = "Client: 2, or 1.1, which has one request at a time on a connection (default: 2).")
    String http();

    @Option(
            names = "--blocks-window",
            defaultValue = "16777216",
            paramLabel = "BYTES",
            description = "HTTP/2 flow-control window of each stream and connection, for what comes in, 65535 to"
                    + " 2147483647 (default: 16777216).")
    int window();

    @Option(
            names = "--blocks-frame",
            defaultValue = "1048576",
            paramLabel = "BYTES",
            description = "Largest HTTP/2 frame to take, 16384 to 16777215 (default: 1048576).")
    int frame();

    @Option(
            names = "--blocks-exit",
            description = "Client: ends the process when --blocks-duration is over, with 1 when a request failed.")
    boolean exit();

    @Option(names = "--blocks-hold", description = "Client: waits for a load that comes over the bus, as runs send it.")
    boolean hold();

    /** What encrypts. */
    enum TlsEngine {
        AUTO,
        OPENSSL,
        JDK
    }

    /** Which way the blocks go, seen from the client. */
    enum Direction {
        DOWNLOAD,
        UPLOAD
    }
}

package dev.muster.sql;

import dev.muster.child.Child;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MariaDB server as a child process, for where there is none: on loopback alone, with a user of its own and a random
 * password. It ends with this process, even when this process is killed. Starting and closing block; call them from
 * outside the event loops.
 */
public final class EmbeddedMariaDb implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMariaDb.class);
    private static final String DATABASE = "muster";
    private static final Duration START = Duration.ofSeconds(60);

    private static final int GREETING_HEADER = 4;
    private static final int PROTOCOL = 10;

    private final Settings settings;
    private final DataFolder folder;
    private final Child server;
    private final int port;
    private final String password;

    /**
     * Where the server is and where it keeps its data.
     *
     * @param home the folder of its binaries: {@code bin/mariadbd}, {@code scripts}, {@code share}
     * @param data the folder of its data, made when it is missing
     * @param keep whether data from an earlier start is used, and left at the end
     * @param port to listen on, 0 for any
     */
    public record Settings(Path home, Path data, boolean keep, int port) {}

    private EmbeddedMariaDb(Settings settings, DataFolder folder, Child server, int port, String password) {
        this.settings = settings;
        this.folder = folder;
        this.server = server;
        this.port = port;
        this.password = password;
    }

    /** Whether the folder holds a server's binaries. */
    public static boolean isHome(Path home) {
        return Files.isRegularFile(home.resolve("bin/mariadbd"));
    }

    /**
     * Starts a server and waits until it takes connections.
     *
     * @throws IOException when it can't be started; the message holds the end of its log
     */
    public static EmbeddedMariaDb start(Settings settings) throws IOException {
        if (!isHome(settings.home())) {
            throw new IOException("no MariaDB binaries in " + settings.home());
        }
        var folder = DataFolder.open(settings.data(), settings.keep());
        try {
            return start(settings, folder);
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    private static EmbeddedMariaDb start(Settings settings, DataFolder folder) throws IOException {
        if (!Files.isDirectory(settings.data().resolve("mysql"))) {
            Installation.make(settings);
        }
        int port = settings.port() != 0 ? settings.port() : freePort();
        return launch(settings, folder, port, Installation.randomPassword());
    }

    private static EmbeddedMariaDb launch(Settings settings, DataFolder folder, int port, String password)
            throws IOException {
        var init = Installation.writeInit(settings.data(), DATABASE, password);
        var log = settings.data().resolve("server.out");
        var child = Child.start("mariadb", command(settings, port, init), Map.of(), log, Child.End.TERM);
        var server = new EmbeddedMariaDb(settings, folder, child, port, password);
        try {
            server.awaitReady();
        } catch (IOException e) {
            child.close();
            throw e;
        } finally {
            Files.deleteIfExists(init);
        }
        LOG.info("event=mariadb_started port={} pid={} data={}", port, child.pid(), settings.data());
        return server;
    }

    /** How a client connects, password included: {@code mysql://user:password@127.0.0.1:port/muster}. */
    public String url() {
        return "mysql://" + DATABASE + ":" + password + "@127.0.0.1:" + port + "/" + DATABASE;
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** The server's process id. */
    public long pid() {
        return server.pid();
    }

    /**
     * Starts the server again, with the same data, port and password, after it was ended or killed. This one is of no
     * use any more.
     *
     * @throws IOException as {@link #start}
     */
    public EmbeddedMariaDb restart() throws IOException {
        server.close();
        return launch(settings, folder, port, password);
    }

    /** Ends the server, cleanly if it does so in time, and deletes its data unless they are to be kept. */
    @Override
    public void close() throws IOException {
        server.close();
        folder.close();
    }

    private static List<String> command(Settings settings, int port, Path init) {
        var data = settings.data().toAbsolutePath();
        return List.of(
                settings.home().resolve("bin/mariadbd").toAbsolutePath().toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"), // as root it runs only when told so
                "--basedir=" + settings.home().toAbsolutePath(),
                "--datadir=" + data,
                "--tmpdir=" + data,
                "--socket=server.sock", // in the data folder: a socket's path may have 107 bytes at most
                "--pid-file=" + data.resolve("server.pid"),
                "--log-error=" + data.resolve("server.log"),
                "--init-file=" + init.toAbsolutePath(),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--skip-name-resolve",
                "--skip-ssl",
                "--innodb-flush-log-at-trx-commit=1",
                "--innodb-buffer-pool-size=256M",
                "--max-connections=200");
    }

    private void awaitReady() throws IOException {
        var log = settings.data().resolve("server.log");
        long deadline = System.nanoTime() + START.toNanos();
        while (!greets()) {
            if (!server.isAlive()) {
                throw new IOException("MariaDB ended while it started: " + Installation.end(log));
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(
                        "MariaDB was not ready after " + START.toSeconds() + " s: " + Installation.end(log));
            }
            pause();
        }
    }

    /** A server that is ready sends its greeting first: a header of four bytes, then the protocol's number. */
    private boolean greets() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(1_000);
            var greeting = socket.getInputStream().readNBytes(GREETING_HEADER + 1);
            return greeting.length > GREETING_HEADER && greeting[GREETING_HEADER] == PROTOCOL;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while MariaDB starts", e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

package dev.muster.launcher.roles;

import dev.muster.launcher.command.GeneralOptions;
import dev.muster.launcher.command.StartException;
import dev.muster.sql.EmbeddedMariaDb;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The embedded MariaDB, whose binaries lie beside the jar and not in it. Starting and closing block. */
public final class EmbeddedDatabase implements AutoCloseable {
    /** The variable that names the folder of the binaries. */
    public static final String HOME_VARIABLE = "MUSTER_MARIADB_HOME";

    private static final String HOME_PROPERTY = "muster.mariadb.home";

    private final EmbeddedMariaDb server;
    private final @Nullable Path own;

    /**
     * @param own a temporary folder made for the data; null when the user named one
     */
    private EmbeddedDatabase(EmbeddedMariaDb server, @Nullable Path own) {
        this.server = server;
        this.own = own;
    }

    /** The folder that should hold the binaries: as named by property or variable, else {@code mariadb} beside the jar. */
    public static Path home(Map<String, String> environment) {
        var named = System.getProperty(HOME_PROPERTY, environment.getOrDefault(HOME_VARIABLE, ""));
        return named.isEmpty() ? besideTheJar() : Path.of(named);
    }

    private static Path besideTheJar() {
        try {
            var jar = Path.of(EmbeddedDatabase.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolveSibling("mariadb");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the code's own location is no path", e);
        }
    }

    /**
     * Starts it, and waits until it takes connections.
     *
     * @throws StartException when it can't be started
     */
    public static EmbeddedDatabase start(GeneralOptions options, Map<String, String> environment) {
        try {
            var given = options.dataDir();
            var parent = given == null ? Files.createTempDirectory("muster-") : given;
            var settings =
                    new EmbeddedMariaDb.Settings(home(environment), parent.resolve("mariadb"), options.keepData(), 0);
            return new EmbeddedDatabase(EmbeddedMariaDb.start(settings), given == null ? parent : null);
        } catch (IOException e) {
            throw new StartException("can't start the embedded MariaDB: " + e.getMessage(), e);
        }
    }

    /** How a client connects, password included. */
    public String url() {
        return server.url();
    }

    /** Ends it, and deletes its data unless they are to be kept. */
    @Override
    public void close() throws IOException {
        server.close();
        if (own != null) {
            Files.delete(own);
        }
    }
}

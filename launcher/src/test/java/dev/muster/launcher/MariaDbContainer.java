package dev.muster.launcher;

import dev.muster.testing.Part;
import java.time.Duration;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A MariaDB in a container, as a user's own server would be: another release than the embedded one, in another network.
 * The image has to be there already: a pull may take forever where no image registry can be reached.
 */
final class MariaDbContainer implements AutoCloseable {
    private static final String IMAGE = "mariadb:10.11";
    private static final int PORT = 3306;
    private static final String USER = "minions";
    private static final String PASSWORD = "a secret";
    private static final String DATABASE = "registrations";

    private final GenericContainer<?> container;

    private MariaDbContainer(GenericContainer<?> container) {
        this.container = container;
    }

    /** Starts a server with an empty database; skips the calling test where there is no Docker or no image. */
    static MariaDbContainer start() {
        var docker = DockerClientFactory.instance();
        Part.need(docker.isDockerAvailable(), "no Docker: start its daemon (Debian: apt-get install docker.io)");
        Part.need(isImageThere(docker), "Docker has no image " + IMAGE + ": docker pull " + IMAGE);

        var container = new GenericContainer<>(DockerImageName.parse(IMAGE))
                .withImagePullPolicy(image -> false)
                .withEnv("MARIADB_USER", USER)
                .withEnv("MARIADB_PASSWORD", PASSWORD)
                .withEnv("MARIADB_DATABASE", DATABASE)
                .withEnv("MARIADB_ROOT_PASSWORD", PASSWORD)
                .withExposedPorts(PORT)
                // It serves once to set itself up, and then for good.
                .waitingFor(Wait.forLogMessage(".*ready for connections.*", 2))
                .withStartupTimeout(Duration.ofMinutes(2));
        container.start();
        return new MariaDbContainer(container);
    }

    private static boolean isImageThere(DockerClientFactory docker) {
        return !docker.client()
                .listImagesCmd()
                .withImageNameFilter(IMAGE)
                .exec()
                .isEmpty();
    }

    /** How a client connects: {@code mysql://user:password@host:port/database}. */
    String url() {
        return "mysql://" + USER + ":" + PASSWORD.replace(" ", "%20") + "@" + container.getHost() + ":"
                + container.getMappedPort(PORT) + "/" + DATABASE;
    }

    @Override
    public void close() {
        container.close();
    }
}

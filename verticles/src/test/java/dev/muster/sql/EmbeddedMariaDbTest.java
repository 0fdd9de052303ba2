package dev.muster.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.sql.EmbeddedMariaDb.Settings;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMariaDbTest {
    private static final Path HOME = Path.of(System.getProperty("muster.mariadb.home"));

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    @Tag("smoke")
    void shouldServeItsOwnUserAloneAndLeaveNothingBehind() throws Exception {
        try (var server = EmbeddedMariaDb.start(new Settings(HOME, folder.resolve("db"), false, 0))) {
            assertThat(query(server.url(), "SELECT DATABASE()")).isEqualTo("muster");

            var asRoot = server.url().replaceFirst("muster:[^@]*@", "root:@");
            assertThatThrownBy(() -> query(asRoot, "SELECT 1")).hasMessageContaining("Access denied");
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldKeepDataWhenAskedTo() throws Exception {
        var settings = new Settings(HOME, folder.resolve("db"), true, 0);
        try (var first = EmbeddedMariaDb.start(settings)) {
            query(first.url(), "CREATE TABLE kept (answer INT)");
        }

        try (var second = EmbeddedMariaDb.start(settings)) {
            assertThat(query(second.url(), "SHOW TABLES")).isEqualTo("kept");
        }
    }

    @Test
    void shouldRefuseAFolderThatIsNotItsOwn() throws Exception {
        Files.writeString(folder.resolve("thesis.txt"), "irreplaceable");

        assertThatThrownBy(() -> EmbeddedMariaDb.start(new Settings(HOME, folder, false, 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--data-dir");
        assertThat(folder.resolve("thesis.txt")).exists();
    }

    @Test
    void shouldRefuseAFolderInUse() throws Exception {
        var settings = new Settings(HOME, folder.resolve("db"), true, 0);
        try (var server = EmbeddedMariaDb.start(settings)) {
            assertThatThrownBy(() -> EmbeddedMariaDb.start(settings))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another process uses");
            assertThat(query(server.url(), "SELECT DATABASE()")).isEqualTo("muster");
        }
    }

    @Test
    void shouldEndWithItsParentEvenWhenThatIsKilled() throws Exception {
        var parent = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        HOME.toString(),
                        folder.resolve("db").toString())
                .start();
        var said = parent.inputReader()
                .lines()
                .filter(line -> line.startsWith("pid="))
                .findFirst();
        long pid = Long.parseLong(said.orElseThrow().substring("pid=".length()));
        var server = ProcessHandle.of(pid).orElseThrow();
        assertThat(server.isAlive()).isTrue();

        parent.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(30)).until(() -> !server.isAlive());
    }

    /** Starts a server, says its process id, and waits to be killed. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws Exception {
            var server = EmbeddedMariaDb.start(new Settings(Path.of(args[0]), Path.of(args[1]), true, 0));
            System.out.println("pid=" + server.pid());
            new CountDownLatch(1).await();
        }
    }

    private String query(String url, String sql) throws Exception {
        return MySQLConnection.connect(vertx, Databases.options(url))
                .compose(connection -> connection.query(sql).execute().eventually(connection::close))
                .map(rows -> rows.iterator().hasNext() ? rows.iterator().next().getString(0) : "")
                .await(30, TimeUnit.SECONDS);
    }
}

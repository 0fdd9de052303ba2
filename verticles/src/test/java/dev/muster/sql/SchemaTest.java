package dev.muster.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of tables in a real MariaDB. */
class SchemaTest {
    private static final List<String> ONE =
            List.of("CREATE TABLE IF NOT EXISTS notes (n INT)", "INSERT INTO notes VALUES (1)");
    private static final List<String> TWO = List.of("INSERT INTO notes VALUES (2)");

    @TempDir
    private static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void forget() throws Exception {
        server.query("DROP TABLE IF EXISTS muster_schema, notes");
    }

    @Test
    void shouldApplyEachVersionOnceWhoeverIsFirst() throws Exception {
        var schema = new Schema("notes", List.of(ONE, TWO));
        var applying = new ArrayList<Future<Integer>>();
        for (int i = 0; i < 6; i++) {
            applying.add(schema.apply(server.connect()));
        }

        Future.all(applying).await(60, TimeUnit.SECONDS);

        assertThat(applying).extracting(Future::result).containsOnlyOnce(0).contains(2);
        assertThat(notes()).isEqualTo("1,2");
        assertThat(server.number("SELECT COUNT(*) FROM muster_schema")).isEqualTo(2);
    }

    @Test
    void shouldApplyOnlyWhatIsNew() throws Exception {
        apply(new Schema("notes", List.of(ONE)));

        assertThat(apply(new Schema("notes", List.of(ONE, TWO)))).isEqualTo(1);
        assertThat(apply(new Schema("notes", List.of(ONE, TWO)))).isEqualTo(2);

        assertThat(notes()).isEqualTo("1,2");
    }

    @Test
    void shouldRefuseTablesOfANewerBuildAndLeaveThemAlone() throws Exception {
        apply(new Schema("notes", List.of(ONE, TWO)));

        assertThatThrownBy(() -> apply(new Schema("notes", List.of(ONE))))
                .hasMessage("the database has version 2 of the schema 'notes', this build knows 1: use a newer build");

        assertThat(notes()).isEqualTo("1,2");
    }

    @Test
    void shouldApplyAVersionAgainThatWasInterrupted() throws Exception {
        var broken = List.of(ONE.get(0), "INSERT INTO no_such_table VALUES (1)");
        assertThatThrownBy(() -> apply(new Schema("notes", List.of(broken)))).hasMessageContaining("no_such_table");

        assertThat(apply(new Schema("notes", List.of(ONE)))).isZero();

        assertThat(notes()).isEqualTo("1");
    }

    @Test
    void shouldFreeItsLockWhenAVersionFails() throws Exception {
        var connection = server.connect();
        var broken = new Schema("notes", List.of(List.of("this is no SQL")));

        assertThatThrownBy(() -> broken.apply(connection).await(30, TimeUnit.SECONDS))
                .hasMessageContaining("SQL");

        assertThat(server.number("SELECT IS_FREE_LOCK('muster_schema_notes')")).isEqualTo(1);
    }

    private static int apply(Schema schema) throws Exception {
        return schema.apply(server.connect()).await(60, TimeUnit.SECONDS);
    }

    private static String notes() throws Exception {
        return server.query("SELECT GROUP_CONCAT(n ORDER BY n) FROM notes")
                .get(0)
                .getString(0);
    }
}

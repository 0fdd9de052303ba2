package dev.muster.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Addresses;
import dev.muster.bus.Cleaned;
import dev.muster.bus.Cleanup;
import dev.muster.bus.CreateTask;
import dev.muster.bus.Credential;
import dev.muster.bus.Failure;
import dev.muster.bus.Message;
import dev.muster.bus.TaskKind;
import dev.muster.sql.EmbeddedMariaDb;
import io.vertx.core.eventbus.ReplyException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may empty the tables and give out work: over the bus by token, over HTTP by the guard. */
class MasterAdminTest {
    private static final Path HOME = Path.of(System.getProperty("muster.mariadb.home"));
    private static final Credential TOKEN = new Credential("s3cret");

    @TempDir
    private static Path folder;

    private static EmbeddedMariaDb database;
    private static RunningMaster master;

    @BeforeAll
    static void start() throws Exception {
        database = EmbeddedMariaDb.start(new EmbeddedMariaDb.Settings(HOME, folder.resolve("db"), false, 0));
        master = RunningMaster.start(TOKEN, database.url());
        await().until(() -> master.readiness().pending().isEmpty());
        assertThat(master.get("/register?minion_id=a&age_ms=1").statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void stop() throws Exception {
        master.close();
        database.close();
    }

    @Test
    void shouldRefuseCommandsOverTheBusWithoutTheToken() throws Exception {
        for (var wrong : List.of(Credential.NONE, new Credential("guess"))) {
            var task = new CreateTask(wrong, TaskKind.CPU, "1", 1, null, null, List.of());

            assertRefused(Addresses.CLEANUP, new Cleanup(wrong, null));
            assertRefused(Addresses.CREATE_TASK, task);
        }

        assertThat(master.body("/stats")).startsWith("Registered number of minions: 1 ");
    }

    @Test
    @SuppressWarnings("NullAway") // as JSON without the field is read
    void shouldAnswerACommandWithoutACredentialRatherThanLeaveItsSenderWaiting() {
        var asked = master.vertx().eventBus().request(Addresses.CLEANUP, new Cleanup(null, null));

        assertThatThrownBy(() -> asked.await(10, TimeUnit.SECONDS)).isInstanceOf(ReplyException.class);
    }

    @Test
    void shouldTakeCommandsOverTheBusWithTheToken() throws Exception {
        var cleaned = master.vertx()
                .eventBus()
                .<Cleaned>request(Addresses.CLEANUP, new Cleanup(TOKEN, "no-such-run"))
                .await(30, TimeUnit.SECONDS);

        assertThat(cleaned.body().minions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /cleanup", "POST /cleanup", "POST /tasks"})
    void shouldGuardEveryAdminPath(String request) throws Exception {
        assertThat(raw(request, "Host: evil.example")).startsWith("HTTP/1.1 403 ");
        assertThat(raw(request, "Host: localhost\r\nSec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(master.body("/stats")).startsWith("Registered number of minions: 1 ");
    }

    @Test
    void shouldAdmitThisMachineWithoutTheToken() throws Exception {
        assertThat(master.body("/cleanup?run=no-such-run")).isEqualTo("Cleaned up 0 minions");
    }

    private static void assertRefused(String address, Message command) {
        var asked = master.vertx().eventBus().request(address, command);

        assertThatThrownBy(() -> asked.await(30, TimeUnit.SECONDS))
                .hasMessage("the admin token is missing or wrong")
                .satisfies(cause -> assertThat(Failure.of(cause)).isEqualTo(Failure.FORBIDDEN));
    }

    private static String raw(String request, String headers) throws Exception {
        try (var socket = new Socket("127.0.0.1", master.port())) {
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\n" + headers + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}

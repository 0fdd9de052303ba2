package dev.muster.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.BusCodecs;
import dev.muster.bus.Credential;
import dev.muster.master.Master;
import dev.muster.master.MasterOptions;
import dev.muster.minion.Minion;
import dev.muster.minion.MinionOptions;
import dev.muster.node.Deployment;
import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.sql.EmbeddedMariaDb;
import dev.muster.testing.Part;
import dev.muster.testing.TestNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Minions, virtual and in shell, register with a real master that stores them in a real MariaDB, and do its tasks. */
class MinionsMeetTheirMasterTest {
    private static final Path HOME = Path.of(System.getProperty("muster.mariadb.home", ""));
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final Path SHELL_MINION = Path.of("..", "k8s", "minion", "minion.sh");

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Process> shells = new ArrayList<>();
    private final Node node = TestNode.of(new Identity("test", "1", "test", "master,minion"), Credential.NONE, 1);

    @TempDir
    private Path folder;

    private EmbeddedMariaDb database;

    @BeforeEach
    void startTheMaster() throws Exception {
        database = EmbeddedMariaDb.start(new EmbeddedMariaDb.Settings(HOME, folder.resolve("db"), false, 0));
        BusCodecs.register(vertx.eventBus());
        deploy(Master.deployments(
                options(MasterOptions.class, "--master-port=0", "--master-db-url=" + database.url()), node));
    }

    @AfterEach
    void close() throws Exception {
        shells.forEach(Process::destroyForcibly);
        vertx.close().await(30, TimeUnit.SECONDS);
        database.close();
    }

    /** Waits for what comes soon on an idle machine, and must come on a busy one. */
    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    private static <T> T options(Class<T> type, String... arguments) {
        var spec = CommandSpec.forAnnotatedObject(type);
        new CommandLine(spec)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(
                        Duration.class, text -> Duration.ofMillis(Long.parseLong(text.replaceAll("\\D", ""))))
                .parseArgs(arguments);
        return type.cast(spec.userObject());
    }

    private List<String> deploy(List<Deployment> deployments) throws Exception {
        var ids = new ArrayList<String>();
        for (var deployment : deployments) {
            var made = new DeploymentOptions().setInstances(deployment.instances());
            ids.add(vertx.deployVerticle(deployment.verticle(), made).await(30, TimeUnit.SECONDS));
        }
        return ids;
    }

    private List<String> minions(int count, String... more) throws Exception {
        var arguments = new ArrayList<>(List.of(
                "--minion-count=" + count,
                "--minion-master-url=" + url(""),
                "--minion-id=host",
                "--minion-ramp=500ms",
                "--minion-timeout=20000ms",
                "--minion-retry-max=1000ms",
                "--minion-poll=200ms"));
        arguments.addAll(List.of(more));
        return deploy(Minion.deployments(options(MinionOptions.class, arguments.toArray(String[]::new)), node));
    }

    private void shellMinion(String uid) throws IOException {
        var builder = new ProcessBuilder(BUSYBOX.toString(), "sh", SHELL_MINION.toString());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/bin:/usr/bin", "MASTER_URL", url(""), "POD_UID", uid));
        builder.environment().putAll(Map.of("POLL_SECONDS", "1", "POD_NAME", "pod-" + uid, "MINION_KIND", "shell"));
        shells.add(builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(uid + ".log").toFile())
                .start());
    }

    private String url(String path) {
        return node.endpoints().url("master").orElseThrow() + path;
    }

    private String get(String path, String accept) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url(path))).header("Accept", accept);
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }

    private JsonObject stats() throws IOException, InterruptedException {
        return new JsonObject(get("/stats", "application/json"));
    }

    /** The table, a list of columns for each minion. */
    private List<List<String>> rows() throws IOException, InterruptedException {
        return get("/minions", "text/csv")
                .lines()
                .skip(1)
                .map(line -> List.of(line.split(",", -1)))
                .toList();
    }

    private JsonObject createTask(String kind, String spec) throws IOException, InterruptedException {
        var body = new JsonObject(Map.of("kind", kind, "spec", spec)).encode();
        var request = HttpRequest.newBuilder(URI.create(url("/tasks")))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body));
        return new JsonObject(
                client.send(request.build(), BodyHandlers.ofString()).body());
    }

    /** What became of the newest task. */
    private JsonObject newestTask() throws IOException, InterruptedException {
        return stats().getJsonArray("tasks").getJsonObject(0);
    }

    @Test
    void shouldStoreEachVirtualMinionOnce() throws Exception {
        minions(1_000, "--minion-arrival=poisson", "--minion-run=r1");

        eventually().until(() -> stats().getInteger("registered") == 1_000);
        eventually().untilAsserted(() -> assertThat(rows())
                .allMatch(row -> !row.get(7).isEmpty()));

        assertThat(rows())
                .extracting(row -> row.get(0))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 1_000).mapToObj(i -> "host-" + i).toList());
        assertThat(rows()).allSatisfy(row -> {
            assertThat(Double.parseDouble(row.get(5))).as("latency_ms").isPositive();
            assertThat(row.get(6)).as("tries").isEqualTo("1");
            assertThat(Double.parseDouble(row.get(7))).as("error_ms").isPositive();
            assertThat(row.get(8)).as("registrations").isEqualTo("1");
            assertThat(row.get(10)).as("run").isEqualTo("r1");
        });
    }

    @Test
    void shouldCountAMinionThatComesBackAsReregistered() throws Exception {
        var first = minions(20);
        eventually().until(() -> stats().getInteger("registered") == 20);
        for (var id : first) {
            vertx.undeploy(id).await(30, TimeUnit.SECONDS);
        }

        minions(30);

        eventually().until(() -> stats().getInteger("registered") == 30);
        assertThat(stats().getInteger("reregistered")).isEqualTo(20);
    }

    @Test
    void shouldHaveATaskDoneByEveryMinion() throws Exception {
        minions(200);
        eventually().until(() -> stats().getInteger("registered") == 200);

        assertThat(createTask("http", url("/healthz")).getInteger("assigned")).isEqualTo(200);
        eventually().until(() -> newestTask().getInteger("done") == 200);
        createTask("tcp", "127.0.0.1:1");
        eventually().until(() -> newestTask().getInteger("failed") == 200);
        createTask("sleep", "5");
        eventually().until(() -> newestTask().getInteger("done") == 200);

        var duration = newestTask().getJsonObject("duration");
        assertThat(duration.getInteger("count")).isEqualTo(200);
        assertThat(newestTask().getInteger("given")).isZero();
    }

    @Test
    void shouldRegisterTheShellMinionAndGiveItTasks() throws Exception {
        Part.need(Files.isExecutable(BUSYBOX), "no /bin/busybox (Debian: apt-get install busybox-static)");
        shellMinion("uid-1");
        shellMinion("uid-2");
        eventually().until(() -> stats().getInteger("registered") == 2);

        createTask("cpu", "20");
        eventually().until(() -> newestTask().getInteger("done") == 2);
        createTask("http", url("/healthz"));
        eventually().until(() -> newestTask().getInteger("done") == 2);
        createTask("tcp", "127.0.0.1:1");
        eventually().until(() -> newestTask().getInteger("failed") == 2);

        assertThat(rows()).hasSize(2).allSatisfy(row -> {
            assertThat(row.get(1)).isEqualTo("pod-" + row.get(0));
            assertThat(Double.parseDouble(row.get(5))).as("latency_ms").isBetween(0.0, 30_000.0);
            assertThat(Double.parseDouble(row.get(7))).as("error_ms").isGreaterThanOrEqualTo(20);
            assertThat(row.get(13)).as("labels").isEqualTo("KIND=shell");
        });
    }
}

package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.launcher.command.StartException;
import dev.muster.launcher.roles.HostedRoles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles in this process and real ones beside it, as a run has them. */
class ProcessesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> BROKER = List.of("--role=broker", "--broker-port=0", "--broker-http-port=0");

    @TempDir
    private Path folder;

    private final List<String> events = new ArrayList<>();
    private final List<ProcessHandle> before =
            ProcessHandle.current().children().toList();
    private Processes processes;

    @BeforeEach
    void start() {
        var arguments = new ArrayList<>(List.of("--role=collector", "--management-port=0"));
        arguments.addAll(Processes.sharing("127.0.0.1:0"));
        var environment = System.getenv();
        processes = new Processes(
                HostedRoles.start(arguments, environment),
                new Processes.Launching(
                        List.of("--verbosity=1"), environment, false, folder, () -> false, events::add));
    }

    @AfterEach
    void close() {
        processes.close();
        assertThat(children()).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void shouldStartAnotherProcessOnTheSameBusAndEndItWithIt() throws Exception {
        var urls = processes.start("broker", BROKER);

        assertThat(urls).containsKeys("management", "broker", "broker-http");
        assertThat(events).contains("broker broker: " + urls.get("broker"));
        assertThat(processes.bus().settled().instances())
                .extracting("roles")
                .containsExactlyInAnyOrder("collector", "broker");
        processes.close();
        assertThat(Files.readString(folder.resolve("broker.log"))).contains("event=stopped clean=true");
    }

    @Test
    void shouldGoOnWhenTheTerminalSignalsToAllOfThem() throws Exception {
        processes.start("broker", BROKER);

        for (var signal : List.of("-INT", "-TERM", "-HUP")) {
            var pid = String.valueOf(child().pid());
            assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor())
                    .isZero();
        }

        assertThat(processes.start("other", BROKER)).containsKey("broker");
        assertThat(processes.hasLost()).isFalse();
    }

    @Test
    void shouldTellOnceHowAProcessHasEndedTooEarlyAndWhatItSaidLast() {
        processes.start("broker", BROKER);
        assertThat(processes.hasLost()).isFalse();

        child().destroyForcibly();

        await().atMost(PATIENCE).until(processes::hasLost);
        assertThat(processes.hasLost()).isTrue();
        assertThat(events)
                .filteredOn(line -> line.contains("has ended too early"))
                .singleElement()
                .asString()
                .startsWith("the process broker has ended too early, with exit code 137; its last lines in ")
                .contains("broker.log:\n", "event=started");
    }

    @Test
    void shouldSayWhyAProcessDoesNotStart() {
        assertThatThrownBy(() -> processes.start("engine", List.of("--role=engine", "--engine-count=0")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("the process engine has ended too early, with exit code 2")
                .hasMessageContaining("--engine-count must be 1 to");
    }

    private ProcessHandle child() {
        assertThat(children()).hasSize(1);
        return children().get(0);
    }

    private List<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> !before.contains(child))
                .toList();
    }
}

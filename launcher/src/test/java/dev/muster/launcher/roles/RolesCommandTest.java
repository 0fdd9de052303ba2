package dev.muster.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.Termination;
import dev.muster.launcher.command.UsageException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Options that are refused, and help: what needs no process of its own. */
@Tag("smoke")
class RolesCommandTest {
    private static final String DB = "--master-db-url=mysql://user:password@127.0.0.1:3306/muster";

    private final RolesCommand command = new RolesCommand(List.of(), List.of());

    @Test
    void shouldTellTheRolesThereAreForOneThatThereIsNot() {
        assertThat(problems("--role=galaxy"))
                .containsExactly("--role: no role 'galaxy' among " + String.join(", ", Role.words()));
    }

    @Test
    void shouldSuggestARoleAndNotBlameTheOptionsOfTheMisspeltOne() {
        assertThat(problems("--role=mastr", "--master-port=1"))
                .containsExactly(
                        "--role: no role 'mastr' among " + String.join(", ", Role.words()) + "; did you mean master?");
    }

    @Test
    void shouldNameThePlaceOfAWrongRole() {
        assertThat(problems(Map.of("MUSTER_ROLE", "minoin")))
                .singleElement()
                .asString()
                .startsWith("MUSTER_ROLE in the environment: no role 'minoin'");
    }

    @Test
    void shouldTellProblemsOfEveryKindAtOnce() {
        var problems = problems(
                "--role=master", DB, "--master-batch=0", "--master-prt=1", "--minion-count=1", "--verbosity=9", "word");

        assertThat(problems)
                .hasSize(5)
                .anyMatch(line -> line.startsWith("--master-prt: no such option; did you mean --master-port?"))
                .anyMatch(line -> line.startsWith("--minion-count: an option of the role minion"))
                .anyMatch(line -> line.startsWith("--master-batch"))
                .anyMatch(line -> line.startsWith("--verbosity must be 0 to 5, not 9"))
                .anyMatch(line -> line.startsWith("word: "));
    }

    @Test
    void shouldCheckTheOptionsOfTheCollectorThatAProcessAloneHas() {
        assertThat(problems("--role=master", DB, "--collector-window=1s"))
                .singleElement()
                .asString()
                .startsWith("--collector-window");
    }

    @Test
    void shouldNameBothOptionsThatWantTheSamePort() {
        assertThat(problems("--role=master", DB, "--management-port=8888"))
                .containsExactly("--master-port and --management-port are both 8888: give one of them another port");
        assertThat(problems("--role=master", DB, "--cluster=tcp:127.0.0.1:1", "--cluster-port=9090"))
                .containsExactly("--management-port and --cluster-port are both 9090: give one of them another port");
    }

    @Test
    void shouldRefuseOtherMachinesWithoutATokenForAdmins() {
        assertThat(problems("--role=minion", "--bind-address=0.0.0.0"))
                .singleElement()
                .asString()
                .startsWith("--admin-token is needed on 0.0.0.0");
        assertThat(problems("--role=minion", "--bind-address=0.0.0.0", "--admin-token=", "--minion-count=0"))
                .anyMatch(line -> line.startsWith("--admin-token must not be empty"));
    }

    @Test
    void shouldTakeATokenOrAnExplicitConsentForOtherMachines() {
        assertThat(problems("--role=minion", "--bind-address=0.0.0.0", "--admin-token=secret", "--minion-count=0"))
                .noneMatch(line -> line.contains("--admin-token"));
        assertThat(problems("--role=minion", "--bind-address=0.0.0.0", "--insecure-admin", "--minion-count=0"))
                .noneMatch(line -> line.contains("--admin-token"));
    }

    @Test
    void shouldListTheRolesAndTheCommonOptionsAlone() {
        assertThat(help())
                .contains("Usage: muster [--role=ROLE,...]", "  master ", "  local ", "--management-port=PORT")
                .doesNotContain("--master-port=PORT", "--minion-count");
    }

    @Test
    void shouldListTheOptionsOfTheChosenRoleAlone() {
        assertThat(help("--role=master"))
                .contains("Options of the role master", "--master-port=PORT", "--bind-address=ADDRESS")
                .doesNotContain("--minion-count", "--collector-");
    }

    @Test
    void shouldListAllThatLocalIsMadeOfWithItsOwnDefaults() {
        assertThat(help("--role=local"))
                .contains("--master-port=PORT", "--minion-count=N")
                .containsPattern("--minion-count=N.*\\s.*default: 1000");
    }

    @Test
    void shouldShowWhatSeveralRolesShareOnce() {
        assertThat(help("--role=driver,watcher").split("--kubeconfig=", -1)).hasSize(2);
    }

    @Test
    void shouldNotShowTheTokenInHelp() {
        var invocation = invocation(Map.of("MUSTER_ADMIN_TOKEN", "hunter2"));

        assertThat(command.help(invocation)).contains("--admin-token=TOKEN").doesNotContain("hunter2");
    }

    private String help(String... arguments) {
        return command.help(invocation(Map.of(), arguments));
    }

    private List<String> problems(String... arguments) {
        return problems(Map.of(), arguments);
    }

    private List<String> problems(Map<String, String> environment, String... arguments) {
        var thrown = catchThrowableOfType(UsageException.class, () -> command.run(invocation(environment, arguments)));
        return thrown.problems();
    }

    private static Invocation invocation(Map<String, String> environment, String... arguments) {
        return new Invocation(List.of(arguments), environment, System.out, new Termination());
    }
}

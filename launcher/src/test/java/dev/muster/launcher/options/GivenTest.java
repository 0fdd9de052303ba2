package dev.muster.launcher.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Option;

@Tag("smoke")
class GivenTest {
    private static final OptionGroup COMMON = OptionGroup.of("", ConfigOption.class);
    private static final OptionGroup CAR = OptionGroup.of("role car", CarOptions.class);
    private static final OptionGroup BOAT = OptionGroup.of("role boat", BoatOptions.class);

    @TempDir
    Path folder;

    interface CarOptions {
        @Option(names = "--car-wheels", defaultValue = "4", paramLabel = "N", description = "Wheels.")
        int wheels();

        @Option(names = "--car-wait", defaultValue = "500ms", description = "Wait.")
        Duration wait_();

        @Option(names = "--car-kind", defaultValue = "diesel", description = "Kind (default: ${DEFAULT-VALUE}).")
        Kind kind();

        @Option(
                names = {"-d", "--car-depth"},
                defaultValue = "0",
                description = "Depth.")
        int depth();

        @Option(names = "--car-open", description = "No roof.")
        boolean open();

        @Option(names = "--car-doors", split = ",", description = "Doors.")
        List<String> doors();

        @Nullable @Option(names = "--car-url", paramLabel = "URL", description = "Where it is.")
        String url();

        enum Kind {
            DIESEL,
            ELECTRIC
        }
    }

    interface BoatOptions {
        @Option(names = "--boat-sails", defaultValue = "1", description = "Sails.")
        int sails();
    }

    @Test
    void shouldTakeTheCommandLineBeforeTheEnvironmentBeforeTheFileBeforeTheDefault() throws IOException {
        var file = file("car-wheels: 5", "car-wait: 2s", "car-kind: electric");
        var environment = Map.of("MUSTER_CAR_WHEELS", "6", "MUSTER_CAR_WAIT", "3", "MUSTER_CONFIG", file);

        var options = bind(environment, "--car-wheels=7");

        var car = options.of(CarOptions.class);
        assertThat(options.problems()).isEmpty();
        assertThat(car.wheels()).isEqualTo(7);
        assertThat(car.wait_()).isEqualTo(Duration.ofSeconds(3));
        assertThat(car.kind()).isEqualTo(CarOptions.Kind.ELECTRIC);
        assertThat(car.open()).isFalse();
        assertThat(car.url()).isNull();
    }

    @Test
    void shouldTakeAValueBehindABlankAndAFlagWithAndWithoutOne() {
        var options = bind(Map.of("MUSTER_CAR_OPEN", "true"), "--car-wheels", "3", "--car-open=false");

        assertThat(options.problems()).isEmpty();
        assertThat(options.of(CarOptions.class).wheels()).isEqualTo(3);
        assertThat(options.of(CarOptions.class).open()).isFalse();
        assertThat(bind(Map.of(), "--car-open").of(CarOptions.class).open()).isTrue();
        assertThat(bind(Map.of("MUSTER_CAR_OPEN", "true")).of(CarOptions.class).open())
                .isTrue();
    }

    @Test
    void shouldRefuseWhatIsOutOfItsRangeWithTheRangeAndThePlace() throws IOException {
        var file = file("bike-gears: 12", "bike-wait: 61s");
        var bike = OptionGroup.of("role bike", BikeOptions.class);

        var given = new Given(List.of(bike, COMMON), Set.of(), List.of("--config=" + file), Map.of());
        var good = new Given(List.of(bike), Set.of(), List.of("--bike-gears=11", "--bike-wait=1m"), Map.of());

        assertThat(given.bind(List.of(bike, COMMON)).problems())
                .containsExactlyInAnyOrder(
                        file + ":1: bike-gears must be 1 to 11, not 12",
                        file + ":2: bike-wait must be 0s to 1m, not 61s");
        assertThat(good.bind(List.of(bike)).problems()).isEmpty();
    }

    interface BikeOptions {
        @Option(names = "--bike-gears", defaultValue = "3", description = "Gears.")
        @Within(least = "1", most = "11")
        int gears();

        @Option(names = "--bike-wait", defaultValue = "1s", description = "Wait.")
        @Within(least = "0s", most = "1m")
        Duration wait_();
    }

    @Test
    void shouldTakeListsFromEverySource() throws IOException {
        var fromFile = bind(Map.of("MUSTER_CONFIG", file("car-doors: [left, right]")));
        var fromEnvironment = bind(Map.of("MUSTER_CAR_DOORS", "left,right"));
        var fromArguments = bind(Map.of(), "--car-doors=left", "--car-doors", "right");

        assertThat(List.of(fromFile, fromEnvironment, fromArguments))
                .allSatisfy(options ->
                        assertThat(options.of(CarOptions.class).doors()).containsExactly("left", "right"));
    }

    @Test
    void shouldTellEveryProblemAtOnceWithItsSource() throws IOException {
        var file = file("# a car", "car-kind: disel", "", "car-weels: 3", "car-wait: soon");
        var environment = Map.of("MUSTER_CAR_WHEELS", "many");

        var options = bind(environment, "--config=" + file, "--car-wheel=3", "--car-open=perhaps", "left");

        assertThat(options.problems())
                .containsExactlyInAnyOrder(
                        "--car-wheel: no such option; did you mean --car-wheels?",
                        "--car-open: must be true or false, not 'perhaps'",
                        file + ":4: no such option: car-weels; did you mean car-wheels?",
                        "MUSTER_CAR_WHEELS in the environment: must be a whole number, not 'many'",
                        file + ":2: car-kind: must be one of diesel, electric, not 'disel'; did you mean diesel?",
                        file + ":5: car-wait: must be a duration such as 500ms, 2s, 1m or 1h, not 'soon'");
    }

    @Test
    void shouldNotConvertAValueThatAnotherSourceOverrides() {
        var options = bind(Map.of("MUSTER_CAR_WHEELS", "many"), "--car-wheels=3");

        assertThat(options.problems()).isEmpty();
    }

    @Test
    void shouldKeepGoodValuesBesideBadOnes() {
        var options = bind(Map.of(), "--car-wheels=x", "--car-wait=1m", "--car-kind=y");

        assertThat(options.problems()).hasSize(2);
        assertThat(options.of(CarOptions.class).wheels()).isEqualTo(4);
        assertThat(options.of(CarOptions.class).wait_()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void shouldRefuseAnOptionThatIsNotChosenOnTheCommandLineAlone() throws IOException {
        var file = file("boat-sails: 3");

        var given = bind(Map.of(), "--boat-sails=2");
        var shared = bind(Map.of("MUSTER_BOAT_SAILS", "x", "MUSTER_CONFIG", file));

        assertThat(given.problems()).containsExactly("--boat-sails: an option of the role boat, which is not chosen");
        assertThat(shared.problems()).isEmpty();
    }

    @Test
    void shouldWarnOfAnUnknownVariableAndNeverFail() {
        var environment =
                Map.of("MUSTER_CAR_WHELS", "3", "MUSTER_SERVICE_HOST", "10.0.0.1", "MUSTER_KNOWN", "", "PATH", "/bin");

        var given = new Given(List.of(COMMON, CAR, BOAT), Set.of("MUSTER_KNOWN"), List.of(), environment);

        assertThat(given.warnings())
                .containsExactly(
                        "MUSTER_CAR_WHELS is no option's variable and is ignored; did you mean MUSTER_CAR_WHEELS?",
                        "MUSTER_SERVICE_HOST is no option's variable and is ignored");
        assertThat(given.bind(List.of(COMMON, CAR)).problems()).isEmpty();
    }

    @Test
    void shouldTakeAnEmptyVariableForNone() {
        assertThat(bind(Map.of("MUSTER_CAR_WHEELS", "")).of(CarOptions.class).wheels())
                .isEqualTo(4);
    }

    @Test
    void shouldRefuseAnOptionGivenTwiceOrWithoutItsValue() {
        var options = bind(Map.of(), "--car-wheels=1", "--car-wheels=2", "--car-url");

        assertThat(options.problems())
                .containsExactlyInAnyOrder(
                        "--car-wheels: is given more than once", "--car-url: needs a value; write --car-url=URL");
    }

    @Test
    void shouldNotTakeAnOptionForAnothersValue() {
        var options = bind(Map.of(), "--car-url", "--car-wheels=2");

        assertThat(options.problems()).contains("--car-url: needs a value; write --car-url=URL");
    }

    @Test
    void shouldTakeAShortNameInEveryForm() {
        for (var arguments : List.of(List.of("-d", "2"), List.of("-d2"), List.of("--car-depth=2"))) {
            var options = bind(Map.of(), arguments.toArray(String[]::new));

            assertThat(options.problems()).isEmpty();
            assertThat(options.of(CarOptions.class).depth()).isEqualTo(2);
        }
    }

    @Test
    void shouldTakeAValueThatBeginsWithADashBehindAnEqualsSign() {
        assertThat(bind(Map.of(), "--car-depth=-2").of(CarOptions.class).depth())
                .isEqualTo(-2);
        assertThat(bind(Map.of(), "--car-wait=-2s").problems())
                .containsExactly("--car-wait: must be a duration such as 500ms, 2s, 1m or 1h, not '-2s'");
    }

    @Test
    void shouldTellANumberThatNoNumberCanHold() {
        assertThat(bind(Map.of(), "--car-wheels=99999999999").problems())
                .containsExactly("--car-wheels: is out of every range: 99999999999");
    }

    @Test
    void shouldSuggestHelpAndTakeEverythingBehindTwoDashesForWords() {
        var given = new Given(List.of(CAR), Set.of(), List.of("--hlep", "--", "--car-wheels=1"), Map.of());

        assertThat(given.bind(List.of(CAR)).problems()).containsExactly("--hlep: no such option; did you mean --help?");
        assertThat(given.words()).containsExactly("--car-wheels=1");
    }

    @Test
    void shouldNotShowTheValueOfAnUnknownOption() {
        var options = bind(Map.of(), "--admin-tokn=hunter2", "--admin-tokem", "hunter3", "word");

        assertThat(options.problems()).hasSize(2).noneMatch(problem -> problem.contains("hunter"));
    }

    @Test
    void shouldNotShowThePasswordOfAUrl() {
        var options = bind(Map.of());

        options.problem("--car-url: can't reach mysql://user:p@ss/word@host:3306/db");

        assertThat(options.problems()).containsExactly("--car-url: can't reach mysql://***@host:3306/db");
    }

    @Test
    void shouldNameTheSourceOfAValueThatARoleRefuses() {
        var options = bind(Map.of("MUSTER_CAR_WHEELS", "99"));

        options.problems(List.of("--car-wheels must be 3 to 8, not 99"));

        assertThat(options.problems())
                .containsExactly("--car-wheels must be 3 to 8, not 99 (MUSTER_CAR_WHEELS in the environment)");
    }

    @Test
    void shouldTellWhatIsWrongWithAFile() throws IOException {
        assertThat(bind(Map.of(), "--config=/no/such.yaml").problems())
                .containsExactly("--config: there is no file /no/such.yaml");
        assertThat(problemsOf("car-wheels: 1", "car-wheels: 2"))
                .containsExactly("FILE:2: car-wheels is given in line 1 already");
        assertThat(problemsOf("- car-wheels")).containsExactly("FILE:1: must be lines of 'option: value'");
        assertThat(problemsOf("car-wheels:", "  front: 2")).containsExactly("FILE:1: car-wheels: must be one value");
        assertThat(problemsOf("car-wheels:")).containsExactly("FILE:1: car-wheels: must be one value");
        assertThat(problemsOf("config: other.yaml")).containsExactly("FILE:1: no such option: config");
        assertThat(problemsOf("car-wheels: 3", "car-kind: ]", ""))
                .singleElement()
                .asString()
                .startsWith("FILE:2: not YAML: ");
        assertThat(problemsOf("")).isEmpty();
    }

    @Test
    void shouldLetAGroupChangeADefaultAndShowItInHelp() {
        var electric = new OptionGroup("role car", CarOptions.class, Map.of("--car-kind", "electric"));
        var given = new Given(List.of(COMMON, CAR), Set.of(), List.of(), Map.of());

        var options = given.bind(List.of(electric));

        assertThat(options.of(CarOptions.class).kind()).isEqualTo(CarOptions.Kind.ELECTRIC);
        assertThat(options.isGiven("--car-kind")).isFalse();
        assertThat(Help.of("Common", List.of(electric))).contains("Kind (default: electric).");
        assertThat(Help.of("Common", List.of(CAR))).contains("Kind (default: diesel).");
    }

    @Test
    void shouldTakeAValueThatTheLauncherKnowsBetter() {
        var options = bind(Map.of());

        options.set("--car-url", "http://127.0.0.1:1");
        options.set("--car-wheels", 9);

        assertThat(options.of(CarOptions.class).url()).isEqualTo("http://127.0.0.1:1");
        assertThat(options.number("--car-wheels")).isEqualTo(9);
    }

    @Test
    void shouldKeepTheWordsThatAreNoOptions() {
        var given = new Given(List.of(COMMON, CAR), Set.of(), List.of("run", "--car-wheels", "2", "boot"), Map.of());

        assertThat(given.words()).containsExactly("run", "boot");
    }

    private List<String> problemsOf(String... lines) throws IOException {
        var file = file(lines);
        return bind(Map.of(), "--config=" + file).problems().stream()
                .map(problem -> problem.replace(file, "FILE"))
                .toList();
    }

    private static Options bind(Map<String, String> environment, String... arguments) {
        return new Given(List.of(COMMON, CAR, BOAT), Set.of(), List.of(arguments), environment)
                .bind(List.of(COMMON, CAR));
    }

    private String file(String... lines) throws IOException {
        return Files.write(folder.resolve("muster.yaml"), List.of(lines)).toString();
    }
}

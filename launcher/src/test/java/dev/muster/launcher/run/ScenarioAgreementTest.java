package dev.muster.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import dev.muster.launcher.EveryExperiment;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.Termination;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.scenario.ScenarioSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the schema tells an editor is what the reader does. */
class ScenarioAgreementTest {
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                    ScenarioSchema.of(new Experiments(EveryExperiment.list()).vocabularies()),
                    InputFormat.JSON,
                    SchemaValidatorsConfig.builder().build());
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    static List<String> examples() throws IOException {
        var examples = new ArrayList<String>();
        for (var page : List.of("../README.md", "../docs/scenarios.md")) {
            var found = EXAMPLE.matcher(Files.readString(Path.of(page)));
            while (found.find()) {
                examples.add(found.group(1));
            }
        }
        assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    @ValueSource(
            strings = {
                "experiment: boot",
                "{experiment: boot, boot: {minions: 1000, ramp: 2s, warm-up: 0}, repeat: 3, slo: kubernetes}",
                "{experiment: boot, boot: {ramp: 0.5}, name: mine, description: one, timeout: 1m}",
                "{experiment: boot, targets: {a: {minions: 1}, b-2: {minions: 2, ramp: 1s}}, boot: {warm-up: 0}}",
                "{experiment: boot, count: 7, warm-up: 10, thresholds: boot.lost == 0}",
                "{experiment: boot, thresholds: [boot.lost==0, 'boot.register.latency p99 < 250ms']}",
            })
    void shouldBothTakeIt(String scenario) throws IOException {
        assertThat(isRead(scenario)).isTrue();
        assertThat(SCHEMA.validate(scenario, InputFormat.YAML)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "repeat: 3",
                "experiment: boat",
                "[experiment, boot]",
                "{experiment: boot, repat: 3}",
                "{experiment: boot, duration: 3s}",
                "{experiment: boot, minions: 3}",
                "{experiment: boot, repeat: 0}",
                "{experiment: boot, timeout: 25h, repeat: 101}",
                "{experiment: boot, boot: {minoins: 3}}",
                "{experiment: boot, boot: {minions: 0}}",
                "{experiment: boot, boot: {minions: many}}",
                "{experiment: boot, boot: {ramp: 2 fortnights}}",
                "{experiment: boot, boot: {ramp: 86401}}",
                "{experiment: boot, boot: [minions]}",
                "{experiment: boot, targets: {a: {minions: 1}}}",
                "{experiment: boot, targets: {a: {minions: 1}, b: {minions: 0}}}",
                "{experiment: boot, targets: {a: {minions: 1}, b: {minoins: 2}}}",
                "{experiment: boot, targets: {a: {minions: 1}, b c: {minions: 2}}}",
                "{experiment: boot, targets: [a, b]}",
                "{experiment: boot, slo: kubernets}",
                "{experiment: boot, repeat: [1, 2]}",
                "{experiment: boot, thresholds: [boot.lots == 0]}",
                "{experiment: boot, thresholds: ['boot.register.latency p99 < 250']}",
                "{experiment: boot, thresholds: ['boot.register.latency p98 < 250ms']}",
                "{experiment: boot, thresholds: ['boot.register.latency < 250ms']}",
                "{experiment: boot, thresholds: [boot.lost p99 == 0]}",
                "{experiment: boot, thresholds: [boot.lost = 0]}",
                "{experiment: boot, thresholds: [{boot.lost: 0}]}",
            })
    void shouldBothRefuseIt(String scenario) throws IOException {
        assertThat(isRead(scenario)).isFalse();
        assertThat(SCHEMA.validate(scenario, InputFormat.YAML)).isNotEmpty();
    }

    /** Whatever stands in a file, it is read or it is told what is wrong with it. */
    @Property(tries = 500)
    void shouldReadOrRefuseAnyText(@ForAll @From("scenarios") String scenario) throws IOException {
        var file = Files.createTempFile("scenario", ".yaml");
        try {
            isRead(file, scenario);
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<String> scenarios() {
        var pieces = Arbitraries.of(
                "experiment",
                "boot",
                "thresholds",
                "repeat",
                "minions",
                "name",
                ":",
                ": ",
                "- ",
                "\n",
                "  ",
                "{",
                "}",
                "[",
                "]",
                ",",
                "&a ",
                "*a",
                "'",
                "|",
                "!!set ",
                "---",
                "? ",
                "#",
                "3",
                "0",
                "2s",
                "~",
                "boot.lost == 0",
                "\t",
                "\u00e9");
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(60),
                pieces.list().ofMaxSize(25).map(words -> String.join("", words)));
    }

    private boolean isRead(String scenario) throws IOException {
        return isRead(folder.resolve("my.yaml"), scenario);
    }

    private static boolean isRead(Path file, String scenario) throws IOException {
        Files.writeString(file, scenario);
        var experiments = new Experiments(EveryExperiment.list());
        var arguments = List.of(file.toString());
        try {
            PlanReader.read(
                    experiments,
                    () -> new Given(experiments.groups(), Set.of(), arguments, Map.of()),
                    new Invocation(arguments, Map.of(), System.out, new Termination()));
            return true;
        } catch (UsageException refused) {
            assertThat(refused.problems()).isNotEmpty().allMatch(problem -> !problem.isBlank());
            return false;
        }
    }
}

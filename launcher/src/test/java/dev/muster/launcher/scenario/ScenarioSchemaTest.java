package dev.muster.launcher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.muster.launcher.catalogue.Catalogue;
import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.Within;
import dev.muster.launcher.threshold.Operator;
import dev.muster.launcher.threshold.Threshold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Option;

class ScenarioSchemaTest {
    private static final Catalogue BOOT = Catalogue.of("boot").orElseThrow();
    private static final Vocabulary VOCABULARY = Vocabulary.of(
            BOOT,
            "how long",
            OptionGroup.of("", OwnOptions.class).infos(),
            Map.of("count", "--minions"),
            OptionGroup.of("", CommonOptions.class).infos());
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                    ScenarioSchema.of(List.of(VOCABULARY)),
                    InputFormat.JSON,
                    SchemaValidatorsConfig.builder().build());

    interface OwnOptions {
        @Option(names = "--minions", defaultValue = "1000", description = "Minions (default: ${DEFAULT-VALUE}).")
        @Within(least = "1", most = "1000000")
        int minions();

        @Option(names = "--ramp", defaultValue = "2s", description = "Ramp.")
        @Within(least = "0s", most = "24h")
        Duration ramp();

        @Option(names = "--durable", description = "Durable.")
        boolean durable();
    }

    interface CommonOptions {
        @Option(names = "--repeat", defaultValue = "1", description = "Repetitions.")
        @Within(least = "1", most = "100")
        int repeat();

        @Option(names = "--slo", description = "Objectives.")
        Slo slo();

        enum Slo {
            KUBERNETES
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void shouldTakeAFlag(String flag) {
        assertThat(errors("{experiment: boot, boot: {durable: " + flag + "}}")).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoFlag() {
        assertThat(errors("{experiment: boot, boot: {durable: perhaps}}")).isNotEmpty();
    }

    @Test
    void shouldTellAnEditorWhatAKeyMeans() {
        assertThat(ScenarioSchema.of(List.of(VOCABULARY)))
                .contains("\"$schema\" : \"https://json-schema.org/draft/2020-12/schema\"")
                .contains("\"description\" : \"Minions.\"");
    }

    @Property
    void shouldTakeEveryThresholdThatTheReaderTakes(@ForAll @From("thresholds") String threshold) {
        boolean read = isRead(threshold);

        assertThat(threshold.matches(Threshold.pattern(BOOT))).as(threshold).isEqualTo(read);
    }

    @Provide
    Arbitrary<String> thresholds() {
        var words = Arbitraries.of("", "p99", "p99.9", "p999", "count", "max", "p98");
        var limits = Arbitraries.of("0", "5", "-5", "0.5", "250ms", "250 ms", "1h", "3x", "80%", "500/s", "1kB", "");
        return Combinators.combine(
                        Arbitraries.of(BOOT.ids()),
                        words,
                        Arbitraries.of(Operator.symbols()),
                        limits,
                        Arbitraries.of("", " "))
                .as((metric, word, operator, limit, gap) ->
                        gap + metric + (word.isEmpty() ? "" : " ") + word + gap + operator + gap + limit + gap);
    }

    private static boolean isRead(String threshold) {
        try {
            Threshold.parse(threshold, BOOT);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static Set<ValidationMessage> errors(String scenario) {
        return SCHEMA.validate(scenario, InputFormat.YAML);
    }
}

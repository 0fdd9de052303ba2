package dev.muster.launcher.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.launcher.options.OptionInfo;
import dev.muster.launcher.threshold.Threshold;
import java.util.List;

/**
 * The JSON schema (draft 2020-12) of scenarios, made of the same vocabulary that reads them, so that an editor completes
 * keys and marks errors. What it can't tell, such as a key given twice, the reader does.
 */
public final class ScenarioSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String DURATION = "^\\d{1,9}(\\.\\d{1,9})?(ms|s|m|h)?$";

    private ScenarioSchema() {}

    /** The schema's text. */
    public static String of(List<Vocabulary> vocabularies) {
        var schema = JSON.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Muster scenario");
        schema.put("type", "object");
        schema.putArray("required").add(Vocabulary.EXPERIMENT);
        var experiment = schema.putObject("properties").putObject(Vocabulary.EXPERIMENT);
        var names = experiment.put("description", "Which experiment to run.").putArray("enum");
        var choices = schema.putArray("allOf");
        var definitions = schema.putObject("$defs");
        for (var vocabulary : vocabularies) {
            names.add(vocabulary.experiment());
            var choice = choices.addObject();
            var chosen = choice.putObject("if");
            chosen.putArray("required").add(Vocabulary.EXPERIMENT);
            chosen.putObject("properties").putObject(Vocabulary.EXPERIMENT).put("const", vocabulary.experiment());
            choice.putObject("then").put("$ref", "#/$defs/" + vocabulary.experiment());
            definitions.set(vocabulary.experiment(), scenario(vocabulary));
        }
        return schema.toPrettyString() + "\n";
    }

    private static ObjectNode scenario(Vocabulary vocabulary) {
        var scenario = object(vocabulary.question());
        var properties = scenario.putObject("properties");
        properties.putObject(Vocabulary.EXPERIMENT);
        Vocabulary.TEXTS.forEach(key -> properties
                .putObject(key)
                .put("description", "Shown with the result.")
                .put("type", "string"));
        vocabulary.top().forEach((key, term) -> properties.set(key, value(term.option())));
        properties.set(
                vocabulary.experiment(),
                section(vocabulary, "Parameters of the experiment " + vocabulary.experiment() + "."));
        properties.set(Vocabulary.TARGETS, targets(vocabulary));
        properties.set(Vocabulary.THRESHOLDS, thresholds(vocabulary));
        return scenario;
    }

    private static ObjectNode section(Vocabulary vocabulary, String description) {
        var section = object(description);
        var parameters = section.putObject("properties");
        vocabulary.section().forEach((key, term) -> parameters.set(key, value(term.option())));
        return section;
    }

    private static ObjectNode targets(Vocabulary vocabulary) {
        var targets = JSON.objectNode()
                .put("description", "What is run one after another, and compared with the first one.")
                .put("type", "object")
                .put("minProperties", 2);
        targets.putObject("propertyNames").put("pattern", "^" + Vocabulary.TARGET_NAME + "$");
        targets.set(
                "additionalProperties", section(vocabulary, "The parameters that tell this target from the others."));
        return targets;
    }

    private static ObjectNode object(String description) {
        return JSON.objectNode()
                .put("description", description)
                .put("type", "object")
                .put("additionalProperties", false);
    }

    private static ObjectNode thresholds(Vocabulary vocabulary) {
        var threshold =
                JSON.objectNode().put("type", "string").put("pattern", Threshold.pattern(vocabulary.catalogue()));
        var thresholds = JSON.objectNode()
                .put("description", "What metrics must be, or the run exits 99: METRIC [STATISTIC] OPERATOR LIMIT.");
        var forms = thresholds.putArray("anyOf");
        forms.add(threshold);
        forms.addObject().put("type", "array").set("items", threshold.deepCopy());
        return thresholds;
    }

    private static ObjectNode value(OptionInfo option) {
        var value = JSON.objectNode().put("description", option.help());
        switch (option.kind()) {
            case WHOLE_NUMBER -> {
                value.put("type", "integer");
                option.least().ifPresent(least -> value.put("minimum", Long.parseLong(least)));
                option.most().ifPresent(most -> value.put("maximum", Long.parseLong(most)));
            }
            case DURATION -> duration(value, option);
            case FLAG -> value.put("type", "boolean");
            case WORD -> option.words().forEach(value.putArray("enum")::add);
            case TEXT -> value.put("type", "string");
        }
        return value;
    }

    /** A bare number is seconds. */
    private static void duration(ObjectNode value, OptionInfo option) {
        var forms = value.putArray("anyOf");
        forms.addObject().put("type", "string").put("pattern", DURATION);
        var seconds = forms.addObject().put("type", "number");
        option.least().ifPresent(least -> seconds.put("minimum", OptionInfo.seconds(least)));
        option.most().ifPresent(most -> seconds.put("maximum", OptionInfo.seconds(most)));
    }
}

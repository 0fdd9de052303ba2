package dev.muster.launcher.service;

import dev.muster.bus.KnownExperiments;
import dev.muster.bus.KnownExperiments.Experiment;
import dev.muster.bus.KnownExperiments.Line;
import dev.muster.bus.KnownExperiments.Metric;
import dev.muster.bus.KnownExperiments.Panel;
import dev.muster.bus.KnownExperiments.Parameter;
import dev.muster.launcher.catalogue.Picture;
import dev.muster.launcher.catalogue.ResultMetric;
import dev.muster.launcher.options.OptionInfo;
import dev.muster.launcher.scenario.Vocabulary;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The experiments as a message: made of the same definitions as help, schema, checks and report.
 *
 * @param beside what is asked of every run beside its vocabulary
 * @param results the parent folder of results
 */
record ExperimentsTold(List<Vocabulary> vocabularies, List<OptionInfo> beside, Path results) {
    KnownExperiments all() {
        return new KnownExperiments(vocabularies.stream().map(this::experiment).toList(), results.toString());
    }

    private Experiment experiment(Vocabulary vocabulary) {
        var own = vocabulary.parameters().stream().map(option -> parameter(option, false));
        var common =
                Stream.concat(beside.stream(), vocabulary.common().stream()).map(option -> parameter(option, true));
        return new Experiment(
                vocabulary.experiment(),
                vocabulary.question(),
                Stream.concat(own, common).toList(),
                vocabulary.catalogue().metrics().stream()
                        .map(ExperimentsTold::metric)
                        .toList(),
                Picture.of(vocabulary.experiment()).panels().stream()
                        .map(ExperimentsTold::panel)
                        .toList());
    }

    private static Parameter parameter(OptionInfo option, boolean common) {
        return new Parameter(
                option.name().substring("--".length()),
                word(option.kind()),
                option.words(),
                option.least().orElse(null),
                option.most().orElse(null),
                option.fallback(),
                option.help(),
                common,
                option.isSecret());
    }

    private static Metric metric(ResultMetric metric) {
        return new Metric(
                metric.id(),
                metric.unit().symbol(),
                metric.kind() == ResultMetric.Kind.DISTRIBUTION,
                word(metric.better()),
                metric.help());
    }

    private static Panel panel(Picture.Panel panel) {
        return new Panel(
                panel.title(),
                panel.unit(),
                panel.lines().stream().map(ExperimentsTold::line).toList());
    }

    private static Line line(Picture.Line line) {
        return new Line(
                line.label(), line.metric(), word(line.what()), word(line.style()), line.scale(), line.absent());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.muster.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.Credential;
import dev.muster.bus.KnownExperiments;
import dev.muster.bus.KnownExperiments.Parameter;
import dev.muster.bus.StartRun;
import dev.muster.launcher.EveryExperiment;
import dev.muster.launcher.run.RunCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExperimentsToldTest {
    private static final Path RESULTS = Path.of("results");

    private final RunCommand command = new RunCommand(EveryExperiment.list());
    private final KnownExperiments told = new ExperimentsTold(command.vocabularies(), command.beside(), RESULTS).all();

    @Test
    void shouldCallSecretWhatStaysOutOfTheCommandLineAndNothingElse() {
        var orders = new Orders(command, Map.of(), RESULTS);

        for (var experiment : told.experiments()) {
            for (var parameter : experiment.parameters()) {
                var asked = Map.of(parameter.name(), "something");
                var start = new StartRun(Credential.NONE, experiment.name(), asked, List.of(), "127.0.0.1", true);
                assertThat(orders.read(start).secrets().isEmpty())
                        .as(experiment.name() + " " + parameter.name())
                        .isEqualTo(!parameter.secret());
            }
        }
        assertThat(told.experiments())
                .flatMap(KnownExperiments.Experiment::parameters)
                .filteredOn(Parameter::secret)
                .extracting(Parameter::name)
                .containsExactly("streams-password");
    }
}

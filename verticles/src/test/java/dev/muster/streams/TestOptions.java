package dev.muster.streams;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Options as a command line gives them. */
final class TestOptions {
    private TestOptions() {}

    static StreamsOptions of(String... arguments) {
        var spec = CommandSpec.forAnnotatedObject(StreamsOptions.class);
        new CommandLine(spec)
                .registerConverter(Duration.class, text -> Duration.parse("PT" + text))
                .parseArgs(arguments);
        return (StreamsOptions) spec.userObject();
    }
}

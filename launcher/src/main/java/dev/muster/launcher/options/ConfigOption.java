package dev.muster.launcher.options;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Names the file that further options are read from. */
public interface ConfigOption {
    /** The option's name. */
    String NAME = "--config";

    @Nullable @Option(
            names = NAME,
            paramLabel = "FILE",
            description = "YAML file of options: 'master-port: 8888' is --master-port=8888. The command line and the"
                    + " environment win over it.")
    Path config();
}

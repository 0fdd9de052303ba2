package dev.muster.console;

import picocli.CommandLine.Option;

/** The options of the role {@code console}. */
public interface ConsoleOptions {
    @Option(
            names = "--console-port",
            defaultValue = "8090",
            paramLabel = "PORT",
            description = "HTTP port of the page and of /api (0: any free port; default: ${DEFAULT-VALUE}).")
    int port();
}

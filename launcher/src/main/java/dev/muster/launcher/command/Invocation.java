package dev.muster.launcher.command;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * How the process was started.
 *
 * @param arguments the command line behind the command's name, without {@code --help}
 * @param environment all variables
 * @param out where results go; logs go to standard error
 * @param termination how to learn that the process is told to end
 */
public record Invocation(
        List<String> arguments, Map<String, String> environment, PrintStream out, Termination termination) {
    public Invocation {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }
}

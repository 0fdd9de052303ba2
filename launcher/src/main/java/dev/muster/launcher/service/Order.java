package dev.muster.launcher.service;

import dev.muster.bus.RunAnswer.Problem;
import java.util.List;

/**
 * A run that was asked for.
 *
 * @param arguments of the command line, behind Muster's own name
 * @param command the same for a shell
 * @param problems what is wrong with it; it can be run when there is nothing
 */
record Order(String experiment, List<String> arguments, String command, List<Problem> problems) {}

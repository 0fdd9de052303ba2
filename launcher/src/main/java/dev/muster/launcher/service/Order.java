package dev.muster.launcher.service;

import dev.muster.bus.RunAnswer.Problem;
import java.util.List;
import java.util.Map;

/**
 * A run that was asked for.
 *
 * @param arguments of the command line, behind Muster's own name
 * @param secrets variables of its environment, which stay out of the command line
 * @param command the same for a shell, where the variables are for the reader to fill in
 * @param problems what is wrong with it; it can be run when there is nothing
 */
record Order(
        String experiment,
        List<String> arguments,
        Map<String, String> secrets,
        String command,
        List<Problem> problems) {}

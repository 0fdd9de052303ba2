/**
 * Options from the command line, the environment and a YAML file, merged in this order of precedence over the defaults.
 * An option is declared once, as a picocli annotation on a getter of some interface; everything wrong with one
 * invocation is told at once, each problem with the source that the value came from. Knows no role.
 */
@NullMarked
package dev.muster.launcher.options;

import org.jspecify.annotations.NullMarked;

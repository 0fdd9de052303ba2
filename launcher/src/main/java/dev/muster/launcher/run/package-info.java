/**
 * An experiment from start to verdict: deploys what it needs on this machine, watches it, and writes the result. Each
 * experiment is one small class; what they share (progress, results, environment) stands beside them.
 */
@NullMarked
package dev.muster.launcher.run;

import org.jspecify.annotations.NullMarked;

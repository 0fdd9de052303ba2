@NullMarked
package dev.muster.launcher.scenario;

import org.jspecify.annotations.NullMarked;

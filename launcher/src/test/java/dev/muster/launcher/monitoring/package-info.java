@NullMarked
package dev.muster.launcher.monitoring;

import org.jspecify.annotations.NullMarked;

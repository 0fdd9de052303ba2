@NullMarked
package dev.muster.launcher.threshold;

import org.jspecify.annotations.NullMarked;

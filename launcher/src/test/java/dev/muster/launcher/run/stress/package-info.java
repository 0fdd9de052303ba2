@NullMarked
package dev.muster.launcher.run.stress;

import org.jspecify.annotations.NullMarked;

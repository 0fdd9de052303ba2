@NullMarked
package dev.muster.launcher.run.streams;

import org.jspecify.annotations.NullMarked;

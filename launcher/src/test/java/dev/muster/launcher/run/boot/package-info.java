@NullMarked
package dev.muster.launcher.run.boot;

import org.jspecify.annotations.NullMarked;

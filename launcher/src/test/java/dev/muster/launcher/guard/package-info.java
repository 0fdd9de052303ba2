@NullMarked
package dev.muster.launcher.guard;

import org.jspecify.annotations.NullMarked;

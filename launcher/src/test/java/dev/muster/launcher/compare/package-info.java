@NullMarked
package dev.muster.launcher.compare;

import org.jspecify.annotations.NullMarked;

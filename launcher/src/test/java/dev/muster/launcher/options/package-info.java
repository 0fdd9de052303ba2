@NullMarked
package dev.muster.launcher.options;

import org.jspecify.annotations.NullMarked;

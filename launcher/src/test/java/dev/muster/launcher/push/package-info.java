@NullMarked
package dev.muster.launcher.push;

import org.jspecify.annotations.NullMarked;

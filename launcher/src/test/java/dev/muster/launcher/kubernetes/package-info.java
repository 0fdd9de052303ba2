@NullMarked
package dev.muster.launcher.kubernetes;

import org.jspecify.annotations.NullMarked;

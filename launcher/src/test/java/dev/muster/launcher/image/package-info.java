@NullMarked
package dev.muster.launcher.image;

import org.jspecify.annotations.NullMarked;

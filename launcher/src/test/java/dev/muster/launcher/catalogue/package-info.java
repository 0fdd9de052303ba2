@NullMarked
package dev.muster.launcher.catalogue;

import org.jspecify.annotations.NullMarked;

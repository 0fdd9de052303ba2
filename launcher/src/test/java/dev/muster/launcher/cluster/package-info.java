@NullMarked
package dev.muster.launcher.cluster;

import org.jspecify.annotations.NullMarked;

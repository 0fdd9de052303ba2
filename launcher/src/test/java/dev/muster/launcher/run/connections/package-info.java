@NullMarked
package dev.muster.launcher.run.connections;

import org.jspecify.annotations.NullMarked;

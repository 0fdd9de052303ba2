@NullMarked
package dev.muster.launcher.pipeline;

import org.jspecify.annotations.NullMarked;

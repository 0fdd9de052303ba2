@NullMarked
package dev.muster.launcher.run.blocks;

import org.jspecify.annotations.NullMarked;

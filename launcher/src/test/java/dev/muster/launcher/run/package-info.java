@NullMarked
package dev.muster.launcher.run;

import org.jspecify.annotations.NullMarked;

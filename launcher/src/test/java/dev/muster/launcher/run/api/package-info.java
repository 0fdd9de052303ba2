@NullMarked
package dev.muster.launcher.run.api;

import org.jspecify.annotations.NullMarked;

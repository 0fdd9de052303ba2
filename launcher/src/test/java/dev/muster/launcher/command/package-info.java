@NullMarked
package dev.muster.launcher.command;

import org.jspecify.annotations.NullMarked;

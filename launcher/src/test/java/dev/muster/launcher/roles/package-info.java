@NullMarked
package dev.muster.launcher.roles;

import org.jspecify.annotations.NullMarked;

/**
 * Builds the container image: a linked Java runtime with an archive of loaded classes, the machine's C library and the
 * launcher, on nothing else. Needs neither Docker nor a base image. Everything here blocks.
 */
@NullMarked
package dev.muster.launcher.image;

import org.jspecify.annotations.NullMarked;

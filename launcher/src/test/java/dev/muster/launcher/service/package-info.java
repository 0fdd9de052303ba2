@NullMarked
package dev.muster.launcher.service;

import org.jspecify.annotations.NullMarked;

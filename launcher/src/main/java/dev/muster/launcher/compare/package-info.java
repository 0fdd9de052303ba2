/**
 * {@code compare}: which of two results is faster, and how sure that is. Each metric's repetitions on one side are
 * compared with those on the other by a test that is honest with three of them; nothing here measures anything.
 */
@NullMarked
package dev.muster.launcher.compare;

import org.jspecify.annotations.NullMarked;

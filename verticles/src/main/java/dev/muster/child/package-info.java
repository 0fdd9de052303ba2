/**
 * Programs that run beside this process and end with it: the servers that Muster brings along. Starting and ending block;
 * nothing here is for an event loop.
 */
@NullMarked
package dev.muster.child;

import org.jspecify.annotations.NullMarked;

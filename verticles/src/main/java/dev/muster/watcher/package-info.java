/**
 * The role {@code watcher}: lists the objects of a kind and watches them in windows of limited time, as the original does,
 * and tells how late each change is heard of and whether any is missed, repeated or out of order.
 */
@NullMarked
package dev.muster.watcher;

import org.jspecify.annotations.NullMarked;

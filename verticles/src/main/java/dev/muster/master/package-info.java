/**
 * The master takes the minions' registrations and answers {@code /stats}. Its HTTP verticle and its SQL verticle meet on
 * the bus alone, so that either scales by instances and can run in another pod.
 */
@NullMarked
package dev.muster.master;

import org.jspecify.annotations.NullMarked;

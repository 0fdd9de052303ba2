/**
 * The role {@code driver}: creates, patches and deletes objects of one kind through an API server, at a rate that nothing
 * slows down (open) or with so many workers that each wait for their answers (closed), and keeps books of every operation.
 */
@NullMarked
package dev.muster.driver;

import org.jspecify.annotations.NullMarked;

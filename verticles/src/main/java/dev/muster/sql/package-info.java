/**
 * MariaDB as the roles use it: where it is, its schema, the batching writer, and an embedded server for where there is
 * none.
 */
@NullMarked
package dev.muster.sql;

import org.jspecify.annotations.NullMarked;

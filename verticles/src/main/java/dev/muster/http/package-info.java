/**
 * What every HTTP-serving verticle shares: bounded servers, checked parameters, errors that name the fix, and the one
 * guard of all admin paths.
 */
@NullMarked
package dev.muster.http;

import org.jspecify.annotations.NullMarked;

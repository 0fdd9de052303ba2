/**
 * What the tests of both modules share. JUnit finds the extensions here by itself.
 */
@NullMarked
package dev.muster.testing;

import org.jspecify.annotations.NullMarked;

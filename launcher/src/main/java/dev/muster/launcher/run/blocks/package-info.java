/**
 * The experiment {@code blocks}: how many bytes a second cross TLS and HTTP/2, and how late paced blocks are. Server and
 * client are processes of their own, and the parts of the load ({@link BlocksPart}) come one after another.
 */
@NullMarked
package dev.muster.launcher.run.blocks;

import org.jspecify.annotations.NullMarked;

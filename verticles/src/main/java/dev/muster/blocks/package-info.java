/**
 * The role {@code blocks}: a server that streams blocks of bytes over TLS, HTTP/2 and HTTP/1.1, and a client that asks
 * for them or sends them, both as fast as the path goes or on an absolute schedule. What goes over the wire are slices of
 * static buffers; what comes in is checked block by block.
 */
@NullMarked
package dev.muster.blocks;

import org.jspecify.annotations.NullMarked;

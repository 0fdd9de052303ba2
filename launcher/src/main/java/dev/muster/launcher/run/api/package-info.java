/**
 * The experiment {@code api}: what load an API server takes, and how late watchers hear of a change. The server is a local
 * one or a cluster whose use the user has agreed to; drivers, watchers and informers are roles, whose command lines
 * {@link ApiRoles} makes.
 */
@NullMarked
package dev.muster.launcher.run.api;

import org.jspecify.annotations.NullMarked;

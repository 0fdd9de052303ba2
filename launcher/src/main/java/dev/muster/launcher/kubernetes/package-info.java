/**
 * What runs and the guard need of a cluster that Muster is deployed in: its Deployments, its nodes and the room on them, a way
 * to a pod's port through the API server, and what pods and nodes use meanwhile.
 */
@NullMarked
package dev.muster.launcher.kubernetes;

import org.jspecify.annotations.NullMarked;

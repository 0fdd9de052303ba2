/**
 * One connection to a Kubernetes API server: who and where it is (kubeconfig, in a cluster, or the project's own local
 * one), requests over raw HTTP/2 whose outcome is always known or said to be unknown, and watches whose events are scanned
 * and not unmarshalled.
 */
@NullMarked
package dev.muster.kube;

import org.jspecify.annotations.NullMarked;

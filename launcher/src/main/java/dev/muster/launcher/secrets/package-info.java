/** Makes the secrets that the manifests need, at random, from within the cluster: a job for a pod that may do nothing else. */
@NullMarked
package dev.muster.launcher.secrets;

import org.jspecify.annotations.NullMarked;

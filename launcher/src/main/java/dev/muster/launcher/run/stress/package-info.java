/**
 * The experiment {@code stress}: how much CPU pods really get, and how an autoscaler and a load balancer take to it. It has
 * two loads: {@link StressLoad} has the pods burn a profile of cores and watches the autoscaler meanwhile, and
 * {@link BalanceLoad}, the profile {@code balance}, asks a Service over HTTP and counts which pod answers.
 */
@NullMarked
package dev.muster.launcher.run.stress;

import org.jspecify.annotations.NullMarked;

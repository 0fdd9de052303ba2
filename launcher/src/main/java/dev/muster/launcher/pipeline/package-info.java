/** A result in the forms that pipelines read: JUnit XML for CI systems, Markdown for the summary of a job. */
@NullMarked
package dev.muster.launcher.pipeline;

import org.jspecify.annotations.NullMarked;

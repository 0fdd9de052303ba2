/**
 * What a run writes while it goes on: once a second the recorder asks the collector and appends what is new to the files
 * of the result, so that whatever ends the run leaves all but the last second. It reads them again for the report.
 */
@NullMarked
package dev.muster.launcher.record;

import org.jspecify.annotations.NullMarked;

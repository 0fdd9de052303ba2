/** Tests of the page, with and without a browser. */
package dev.muster.launcher.report;

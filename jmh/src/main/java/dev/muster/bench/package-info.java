/**
 * What measuring costs, measured: the benchmarks behind {@code bench/recording}. Each states the target that it is held
 * against; {@link dev.muster.bench.RecordingBench} runs them and prints what came of it.
 */
@NullMarked
package dev.muster.bench;

import org.jspecify.annotations.NullMarked;

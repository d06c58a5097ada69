/* tests/bench/command.h: whole processes, timed. */
#ifndef CHK_BENCH_COMMAND_H
#define CHK_BENCH_COMMAND_H

#include "bench/bench.h"

/*
 * Runs a command with its output thrown away. Where it cannot be started, or
 * does not succeed, the benchmark ends: with 77, or with 1.
 */
void bench_run(struct bench_side *side, const char **words, size_t round);

#endif

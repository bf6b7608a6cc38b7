// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The counter for kernels before 5.18, where a frame is one buffer. It subtracts one pointer from another, which needs
 * CAP_PERFMON. An object of its own and not a branch of the other: without that capability kernels before 6.17 look at
 * branches that are never taken too.
 */
#include "xdp_counter.h"

SEC("xdp")
int xdp_counter_prog(struct xdp_md *ctx)
{
	return count((void *)(long)ctx->data_end - (void *)(long)ctx->data);
}

LICENSE("Dual BSD/GPL");

// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A program that no kernel lets in: it reads the packet without having looked where it ends. */
#include "bpf_min.h"

SEC("xdp")
int reads_past_the_end_prog(struct xdp_md *ctx)
{
	const __u8 *data = (void *)(long)ctx->data;

	return data[64] ? XDP_PASS : XDP_DROP;
}

LICENSE("Dual BSD/GPL");

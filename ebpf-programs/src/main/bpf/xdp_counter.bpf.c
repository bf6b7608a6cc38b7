// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Counts what comes in at an interface, before anything else sees it, and lets all of it pass. Needs kernel 5.18, which
 * knows frames of several buffers; the program's flag BPF_F_XDP_HAS_FRAGS lets them in.
 */
#include "xdp_counter.h"

SEC("xdp")
int xdp_counter_prog(struct xdp_md *ctx)
{
	return count(bpf_xdp_get_buff_len(ctx));
}

LICENSE("Dual BSD/GPL");

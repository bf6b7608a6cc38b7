// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Programs that do nothing: the floors that ours are measured against. */
#include "bpf_min.h"

SEC("xdp")
int xdp_empty_prog(struct xdp_md *ctx)
{
	return XDP_PASS;
}

SEC("tc")
int tc_empty_prog(struct __sk_buff *skb)
{
	return TC_ACT_UNSPEC;
}

LICENSE("Dual BSD/GPL");

// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Counts what comes in at an interface, before anything else sees it, and lets all of it pass.
 *
 * Map packet_count, one value for each CPU: entry 0 the frames, entry 1 their bytes, as the driver delivers them (with
 * the Ethernet header, without the checksum behind the frame).
 */
#include "bpf_min.h"

/*
 * 1 where the kernel knows frames of several buffers (5.18), which the flag BPF_F_XDP_HAS_FRAGS of the program then
 * lets in. 0 counts one buffer, and needs CAP_PERFMON beside CAP_BPF, since it subtracts one pointer from another.
 */
const volatile __u8 has_frags = 1;

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__type(key, __u32);
	__type(value, __u64);
	__uint(max_entries, 2);
} packet_count SEC(".maps");

/*
 * Keys. On the stack, each would cost a program that was loaded without CAP_PERFMON a speculation barrier, which takes
 * longer than all the rest.
 */
static const volatile __u32 packets_entry = 0;
static const volatile __u32 bytes_entry = 1;

/* Each CPU has its own value, and XDP programs of one CPU do not interrupt each other: no atomic add is needed. */
static __always_inline void add(const volatile __u32 *entry, __u64 amount)
{
	__u64 *sum = bpf_map_lookup_elem(&packet_count, (const void *)entry);

	if (sum)
		*sum += amount;
}

SEC("xdp")
int xdp_counter_prog(struct xdp_md *ctx)
{
	if (has_frags)
		add(&bytes_entry, bpf_xdp_get_buff_len(ctx));
	else
		add(&bytes_entry, (void *)(long)ctx->data_end - (void *)(long)ctx->data);
	add(&packets_entry, 1);
	return XDP_PASS;
}

LICENSE("Dual BSD/GPL");

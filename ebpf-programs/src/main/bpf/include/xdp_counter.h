/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What both counters have: map packet_count, one value for each CPU, entry 0 the frames, entry 1 their bytes, as the
 * driver delivers them (with the Ethernet header, without the checksum behind the frame).
 */
#ifndef XDP_COUNTER_H
#define XDP_COUNTER_H

#include "bpf_min.h"

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

/* Counts a frame, and lets it pass. */
static __always_inline int count(__u64 bytes)
{
	add(&bytes_entry, bytes);
	add(&packets_entry, 1);
	return XDP_PASS;
}

#endif

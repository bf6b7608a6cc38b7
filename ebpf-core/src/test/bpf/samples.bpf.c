// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Programs for the tests: one that fills a ring buffer and hash maps, and some that play other people's. */
#include "bpf_min.h"

enum { RING_BYTES = 4 * 4096, MAX_LENGTHS = 20000 };

struct sample {
	__u64 sequence;
	__u32 length;
	__u32 start; /* the first 4 bytes of the packet, as they lie there; 0 if it is shorter */
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, RING_BYTES);
} events SEC(".maps");

/* Packets by length. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, __u32);
	__type(value, __u64);
	__uint(max_entries, MAX_LENGTHS);
} by_length SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__type(key, __u32);
	__type(value, __u64);
	__uint(max_entries, MAX_LENGTHS);
} by_length_percpu SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, __u32);
	__type(value, __u64);
	__uint(max_entries, 1);
} other_filter_count SEC(".maps");

__u64 sequence;

static __always_inline void add(void *map, __u32 key)
{
	__u64 one = 1;
	__u64 *count = bpf_map_lookup_elem(map, &key);

	if (count)
		__sync_fetch_and_add(count, 1);
	else
		bpf_map_update_elem(map, &key, &one, BPF_NOEXIST);
}

/* The sequence counts a sample that finds the ring full too, so that a reader sees the gap. */
SEC("xdp")
int emit_prog(struct xdp_md *ctx)
{
	const __u8 *data = (void *)(long)ctx->data;
	const __u8 *end = (void *)(long)ctx->data_end;
	__u32 length = bpf_xdp_get_buff_len(ctx);
	__u64 number = __sync_fetch_and_add(&sequence, 1);
	struct sample *sample;

	add(&by_length, length);
	add(&by_length_percpu, length);
	sample = bpf_ringbuf_reserve(&events, sizeof(*sample), 0);
	if (sample) {
		sample->sequence = number;
		sample->length = length;
		sample->start = data + 4 > end ? 0 : *(const __u32 *)data;
		bpf_ringbuf_submit(sample, 0);
	}
	return XDP_PASS;
}

SEC("xdp")
int drop_prog(struct xdp_md *ctx)
{
	return XDP_DROP;
}

SEC("xdp")
int xdp_other_prog(struct xdp_md *ctx)
{
	return XDP_PASS;
}

SEC("tc")
int other_filter_prog(struct __sk_buff *skb)
{
	add(&other_filter_count, 0);
	return TC_ACT_UNSPEC;
}

LICENSE("Dual BSD/GPL");

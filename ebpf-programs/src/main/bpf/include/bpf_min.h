/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * All that our programs need of the kernel's interface, so that an object depends on nothing but its source, this file
 * and the compiler. Numbers and layouts are the kernel's stable ones (linux/bpf.h, linux/if_ether.h).
 */
#ifndef BPF_MIN_H
#define BPF_MIN_H

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;

#define SEC(name) __attribute__((section(name), used))
#define __always_inline inline __attribute__((always_inline))
#define __noinline __attribute__((noinline))

/* Parts of a map definition, which libbpf reads from the types in the object's BTF. */
#define __uint(name, value) int(*name)[value]
#define __type(name, value) typeof(value) *name

#define LICENSE(text) char _license[] SEC("license") = text

/* For a context: the verifier wants its fields read at constant offsets, and the optimizer would compute some. */
#define CONTEXT __attribute__((preserve_static_offset))

/* To and from network byte order: our objects are little endian. */
#define swap16(value) __builtin_bswap16(value)

/*
 * Keeps the compiler from dropping a mask that it can prove to be needless and the verifier cannot: kernels up to 6.1
 * forget the range of a value whose bytes were swapped.
 */
#define hide_range(value) asm volatile("" : "+r"(value))

enum {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_PERCPU_HASH = 5,
	BPF_MAP_TYPE_PERCPU_ARRAY = 6,
	BPF_MAP_TYPE_RINGBUF = 27,
};

enum { BPF_F_MMAPABLE = 1 << 10 };
enum { BPF_NOEXIST = 1 };

enum { XDP_DROP = 1, XDP_PASS = 2 };

/* Lets the next program or filter of the hook have its say, in a TCX chain and in clsact. */
enum { TC_ACT_UNSPEC = -1 };

struct xdp_md {
	__u32 data;
	__u32 data_end;
	__u32 data_meta;
	__u32 ingress_ifindex;
	__u32 rx_queue_index;
	__u32 egress_ifindex;
} CONTEXT;

/* The first fields of the kernel's structure, up to the last one in use. */
struct __sk_buff {
	__u32 len;
	__u32 pkt_type;
	__u32 mark;
	__u32 queue_mapping;
	__u32 protocol;
	__u32 vlan_present;
	__u32 vlan_tci;
	__u32 vlan_proto;
	__u32 priority;
	__u32 ingress_ifindex;
	__u32 ifindex;
	__u32 tc_index;
	__u32 cb[5];
	__u32 hash;
	__u32 tc_classid;
	__u32 data;
	__u32 data_end;
	__u32 napi_id;
	__u32 family;
	__u32 remote_ip4;
	__u32 local_ip4;
	__u32 remote_ip6[4];
	__u32 local_ip6[4];
	__u32 remote_port;
	__u32 local_port;
	__u32 data_meta;
	__u64 flow_keys;
	__u64 tstamp;
	__u32 wire_len;
	__u32 gso_segs;
	__u64 sk;
	__u32 gso_size;
} CONTEXT;

#define HELPER static __attribute__((unused))

HELPER void *(*const bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;
HELPER long (*const bpf_map_update_elem)(void *map, const void *key, const void *value, __u64 flags) = (void *)2;
HELPER __u32 (*const bpf_get_smp_processor_id)(void) = (void *)8;
HELPER long (*const bpf_skb_load_bytes)(const void *skb, __u32 offset, void *to, __u32 length) = (void *)26;
HELPER long (*const bpf_skb_load_bytes_relative)(const void *skb, __u32 offset, void *to, __u32 length,
						 __u32 start) = (void *)68;
HELPER long (*const bpf_ringbuf_output)(void *ring, void *data, __u64 size, __u64 flags) = (void *)130;
HELPER void *(*const bpf_ringbuf_reserve)(void *ring, __u64 size, __u64 flags) = (void *)131;
HELPER void (*const bpf_ringbuf_submit)(void *data, __u64 flags) = (void *)132;
HELPER __u64 (*const bpf_xdp_get_buff_len)(const struct xdp_md *ctx) = (void *)188;

enum { BPF_HDR_START_MAC = 0 };

enum { ETHERNET_HEADER = 14, ETHERNET_TYPE_AT = 12, VLAN_TAG = 4 };

enum {
	ETHERTYPE_IPV4 = 0x0800,
	ETHERTYPE_ARP = 0x0806,
	ETHERTYPE_VLAN = 0x8100,
	ETHERTYPE_IPV6 = 0x86dd,
	ETHERTYPE_QINQ = 0x88a8,
};

/* Protocol numbers of IPv4, and next-header numbers of IPv6. */
enum {
	PROTOCOL_HOP_BY_HOP = 0,
	PROTOCOL_ICMP = 1,
	PROTOCOL_IGMP = 2,
	PROTOCOL_IPV4 = 4,
	PROTOCOL_TCP = 6,
	PROTOCOL_UDP = 17,
	PROTOCOL_IPV6 = 41,
	PROTOCOL_ROUTING = 43,
	PROTOCOL_FRAGMENT = 44,
	PROTOCOL_GRE = 47,
	PROTOCOL_ESP = 50,
	PROTOCOL_AH = 51,
	PROTOCOL_ICMPV6 = 58,
	PROTOCOL_NONE = 59,
	PROTOCOL_DESTINATION_OPTIONS = 60,
	PROTOCOL_SCTP = 132,
	PROTOCOL_MOBILITY = 135,
};

#endif

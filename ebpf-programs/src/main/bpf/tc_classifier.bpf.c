// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Counts packets and bytes by class of traffic, and lets all of it pass (TC_ACT_UNSPEC: later programs have their say).
 *
 * The object is loaded once for each interface and direction. Before it is loaded, `egress`, `link_header` and the size
 * of `traffic` are set; `port_class` may be changed at any time.
 *
 * RESULT
 *   Map `traffic`, row cpu << 10 | slot, where slot = network << 8 | transport << 4 | service.
 *   network    0 other, 1 ipv4, 2 ipv6, 3 arp
 *   transport  0 other, 1 tcp, 2 udp, 3 icmp, 4 igmp, 5 sctp, 6 gre, 7 ipip, 8 ipsec, 9 fragment, 10 malformed
 *   service    0 other, 1 to 15 by port
 *
 * LENGTH
 *   "The packet" is all of it, whatever part of it lies in one piece in memory. What an IP header says about the length
 *   of the packet is not used, except in I4. Numbers of several bytes are in network byte order.
 *
 * LINK
 *   L1  link_header 14: the packet starts with an Ethernet header; its type is in bytes 12 and 13. Fewer than 14 bytes:
 *       other/malformed.
 *   L2  Type 0x8100 or 0x88a8: a VLAN tag of 4 bytes follows, whose last 2 are the next type. A tag that does not lie
 *       whole in the packet: other/malformed. After two tags, a third: other/other. (A tag that the kernel holds beside
 *       the packet is not seen here.)
 *   L3  link_header 0: the packet starts with the network header, and the type is skb->protocol, where a VLAN type is
 *       one like any other.
 *   L4  Type 0x0800: IPv4. 0x86dd: IPv6. 0x0806: arp/other. Any other: other/other.
 *   L5  link_header 14, ingress, but the packet starts behind its Ethernet header: as L3, and the 14 bytes count as
 *       header and as bytes all the same. (Newer kernels hand it over so where XDP in generic mode was before us: they
 *       copy the packet for it and forget how long that header is.)
 *
 * IPV4, the first that applies
 *   I1  fewer than 20 bytes left: malformed
 *   I2  version not 4, or header length (low 4 bits of byte 0, times 4) below 20: malformed
 *   I3  the header does not lie whole in the packet: malformed
 *   I4  total length (bytes 2 and 3) neither 0, as in packets of more than 64 KiB, nor at least the header length:
 *       malformed
 *   I5  fragment offset (low 13 bits of bytes 6 and 7) not 0: fragment
 *   I6  else by protocol (byte 9), see TRANSPORT, right behind the header
 *
 * IPV6
 *   V1  fewer than 40 bytes left, or version not 6: malformed. The next header is byte 6.
 *   V2  Extension headers are hop-by-hop 0, routing 43, destination options 60, mobility 135, AH 51 and fragment 44. At
 *       most 6 are read, in whatever order: a seventh is other. For each, the first that applies:
 *         fewer than 8 bytes left: malformed
 *         fragment, with an offset (high 13 bits of its bytes 2 and 3) not 0: fragment
 *         not whole in the packet: malformed. Its length is for fragment 8, for AH (byte 1 + 2) * 4, for the others
 *         (byte 1 + 1) * 8.
 *       The next header is its byte 0, and starts right behind it.
 *   V3  No next header (59) right behind AH: ipsec. Else by next header, see TRANSPORT.
 *
 * TRANSPORT, by number, the same for IPv4 and IPv6
 *   T1  6: tcp. Fewer than 20 bytes left, data offset (high 4 bits of byte 12) below 5, or a header (data offset * 4)
 *       that does not lie whole in the packet: malformed
 *   T2  17: udp; fewer than 8 bytes left: malformed
 *   T3  132: sctp; fewer than 12 bytes left: malformed
 *   T4  By the number alone: 1 and 58 icmp, 2 igmp, 4 and 41 ipip, 47 gre, 50 and 51 ipsec, any other: other
 *
 * SERVICE
 *   S1  tcp, udp, sctp: port_class of the destination port (bytes 2 and 3), low 4 bits; if that is 0, that of the
 *       source port (bytes 0 and 1), low 4 bits. All else: 0.
 *
 * PACKETS AND BYTES
 *   The kernel hands over many packets as one where it can (GSO, GRO); both figures are those of the wire.
 *   C1  packets = gso_segs; if that is 0 and gso_size is not: (len - header length) / gso_size, rounded up, at least
 *       1; if both are 0: 1. (gso_segs is 0 in big packets from a virtual machine.)
 *   C2  bytes, egress = wire_len. (Kept by the kernel; at ingress it lacks the headers.)
 *   C3  bytes, ingress = len + (packets - 1) * header length.
 *   C4  header length = all bytes in front of the payload: for tcp, udp and sctp up to the end of that header (tcp:
 *       data offset * 4; udp 8; sctp 12); for fragment, malformed and the networks arp and other 0; for all else the
 *       bytes in front of the header whose number decided (T4, V3, or a seventh in V2). What is inside a tunnel is
 *       payload.
 *
 * PRIVILEGE
 *   Loads with CAP_BPF and CAP_NET_ADMIN. Without CAP_PERFMON the verifier refuses what may tell an address: adding a
 *   variable to a packet pointer, subtracting two of them, comparing one with NULL. So `common` reads the packet at
 *   constant offsets, and `any` reads copies.
 */
#include "bpf_min.h"

const volatile __u8 egress = 0;
const volatile __u8 link_header = ETHERNET_HEADER;

enum { SLOT_BITS = 10, SLOTS = 1 << SLOT_BITS };

struct traffic_row {
	__u64 packets;
	__u64 bytes;
};

/* max_entries is SLOTS times the possible CPUs; as it stands here, only CPU 0 counts. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__type(key, __u32);
	__type(value, struct traffic_row);
	__uint(max_entries, SLOTS);
} traffic SEC(".maps");

/*
 * The key of the look-up. On the stack it would cost a program that was loaded without CAP_PERFMON a speculation
 * barrier, which takes as long as all the rest.
 */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__type(key, __u32);
	__type(value, __u32);
	__uint(max_entries, 1);
} row_key SEC(".maps");

static const volatile __u32 first = 0;

__u8 port_class[65536];

enum network { OTHER_NETWORK, IPV4, IPV6, ARP };
enum transport { OTHER, TCP, UDP, ICMP, IGMP, SCTP, GRE, IPIP, IPSEC, FRAGMENT, MALFORMED };

enum {
	IPV4_HEADER = 20,
	IPV6_HEADER = 40,
	MAX_TAGS = 2,
	MAX_EXTENSIONS = 6,
	EXTENSION_HEADER = 8,
	TCP_HEADER = 20,
	UDP_HEADER = 8,
	SCTP_HEADER = 12,
};

#define SLOT(network, transport, service) ((network) << 8 | (transport) << 4 | (service))

/* What `any` finds: a slot, and the header length (C4) above it. */
#define FOUND(slot, header) ((__u64)(header) << 16 | (slot))

/* Beside them: rule L5. */
#define LOST (1ULL << 63)

/*
 * Makes `value` a number that the verifier knows nothing about. Without CAP_PERFMON it would else follow each length
 * that a header may have by itself, and these ways multiply.
 */
#define forget(value, skb)                                                                                             \
	do {                                                                                                           \
		__u64 unknown = (skb)->len;                                                                            \
		asm volatile("%0 ^= %1\n%0 ^= %1" : "+r"(value) : "r"(unknown));                                       \
	} while (0)

/* Ports in network byte order, destination in the high half. */
static __always_inline __u32 service(__u32 ports)
{
	__u64 destination = swap16(ports >> 16);
	__u64 source;
	__u32 class;

	hide_range(destination);
	class = port_class[destination & 0xffff] & 15;
	if (class)
		return class;
	source = swap16(ports & 0xffff);
	hide_range(source);
	return port_class[source & 0xffff] & 15;
}

static __always_inline __u32 by_number(__u8 protocol)
{
	if (protocol == PROTOCOL_ICMP || protocol == PROTOCOL_ICMPV6)
		return ICMP;
	if (protocol == PROTOCOL_ESP || protocol == PROTOCOL_AH)
		return IPSEC;
	if (protocol == PROTOCOL_GRE)
		return GRE;
	if (protocol == PROTOCOL_IPV4 || protocol == PROTOCOL_IPV6)
		return IPIP;
	return protocol == PROTOCOL_IGMP ? IGMP : OTHER;
}

static __always_inline int is_vlan(__u16 type)
{
	return type == swap16(ETHERTYPE_VLAN) || type == swap16(ETHERTYPE_QINQ);
}

static __always_inline int is_extension(__u8 protocol)
{
	return protocol == PROTOCOL_HOP_BY_HOP || protocol == PROTOCOL_ROUTING || protocol == PROTOCOL_FRAGMENT ||
	       protocol == PROTOCOL_AH || protocol == PROTOCOL_DESTINATION_OPTIONS || protocol == PROTOCOL_MOBILITY;
}

/*
 * TRANSPORT and SERVICE, for a header at any offset. Global, so that the verifier looks at it once and not again for
 * each way that leads to it.
 */
__noinline __u64 transport(struct __sk_buff *skb, __u32 network, __u8 protocol, __u32 at)
{
	__u32 header[TCP_HEADER / 4];
	__u32 kind, size;

	if (protocol == PROTOCOL_TCP) {
		if (bpf_skb_load_bytes(skb, at, header, TCP_HEADER))
			return SLOT(network, MALFORMED, 0);
		kind = TCP;
		size = ((__u8 *)header)[12] >> 4 << 2;
		if (size < TCP_HEADER || at + size > skb->len)
			return SLOT(network, MALFORMED, 0);
	} else if (protocol == PROTOCOL_UDP) {
		if (bpf_skb_load_bytes(skb, at, header, UDP_HEADER))
			return SLOT(network, MALFORMED, 0);
		kind = UDP;
		size = UDP_HEADER;
	} else if (protocol == PROTOCOL_SCTP) {
		if (bpf_skb_load_bytes(skb, at, header, SCTP_HEADER))
			return SLOT(network, MALFORMED, 0);
		kind = SCTP;
		size = SCTP_HEADER;
	} else {
		return FOUND(SLOT(network, by_number(protocol), 0), at);
	}
	return FOUND(SLOT(network, kind, service(header[0])), at + size);
}

/* `byte` has the first IPV4_HEADER bytes of the header at `at`. */
static __always_inline __u64 ipv4(struct __sk_buff *skb, const __u8 *byte, __u64 at)
{
	__u32 size = (byte[0] & 15) << 2;
	__u32 total = byte[2] << 8 | byte[3];

	if (byte[0] >> 4 != 4 || size < IPV4_HEADER || at + size > skb->len || (total && total < size))
		return SLOT(IPV4, MALFORMED, 0);
	if ((byte[6] & 0x1f) | byte[7])
		return SLOT(IPV4, FRAGMENT, 0);
	return transport(skb, IPV4, byte[9], at + size);
}

/* `byte` has the first bytes of the header at `at`; the memory is used for the extension headers. */
static __always_inline __u64 ipv6(struct __sk_buff *skb, __u8 *byte, __u64 at)
{
	__u8 protocol = byte[6];
	__u64 size;

	if (at + IPV6_HEADER > skb->len || byte[0] >> 4 != 6)
		return SLOT(IPV6, MALFORMED, 0);
	at += IPV6_HEADER;
	/* Not as a loop: without CAP_PERFMON the verifier follows also what a CPU may guess, and there the loop has no end. */
#pragma clang loop unroll(full)
	for (int i = 0; i < MAX_EXTENSIONS && is_extension(protocol); i++) {
		if (bpf_skb_load_bytes(skb, at, byte, EXTENSION_HEADER))
			return SLOT(IPV6, MALFORMED, 0);
		if (protocol == PROTOCOL_FRAGMENT) {
			if (byte[2] | (byte[3] & 0xf8))
				return SLOT(IPV6, FRAGMENT, 0);
			size = EXTENSION_HEADER;
		} else if (protocol == PROTOCOL_AH) {
			size = (byte[1] + 2) << 2;
		} else {
			size = (byte[1] + 1) << 3;
		}
		at += size;
		if (at > skb->len)
			return SLOT(IPV6, MALFORMED, 0);
		if (protocol == PROTOCOL_AH && byte[0] == PROTOCOL_NONE)
			return FOUND(SLOT(IPV6, IPSEC, 0), at);
		protocol = byte[0];
		forget(at, skb);
	}
	if (is_extension(protocol))
		return FOUND(SLOT(IPV6, OTHER, 0), at);
	return transport(skb, IPV6, protocol, at);
}

/* L5. Both addresses of an Ethernet header are not what an IP header starts with. */
static __always_inline int is_lost(struct __sk_buff *skb)
{
	__u32 packet[ETHERNET_TYPE_AT / 4];
	__u32 frame[ETHERNET_TYPE_AT / 4];

	if (egress || !link_header || bpf_skb_load_bytes(skb, 0, packet, sizeof(packet)) ||
	    bpf_skb_load_bytes_relative(skb, 0, frame, sizeof(frame), BPF_HDR_START_MAC))
		return 0;
	return packet[0] != frame[0] || packet[1] != frame[1] || packet[2] != frame[2];
}

/* All of the rules, for any packet. */
__noinline __u64 any(struct __sk_buff *skb)
{
	/* A type, and what follows it: read together, since a helper costs more than the bytes. */
	struct {
		__u16 before;
		__u16 type;
		__u8 header[IPV4_HEADER];
	} read;
	__u64 at = 0, found;
	int lost = is_lost(skb);
	int cut;

	if (link_header && !lost) {
		at = ETHERNET_TYPE_AT;
#pragma clang loop unroll(full)
		for (int tags = 0; tags <= MAX_TAGS; tags++) {
			if (tags)
				at += VLAN_TAG;
			cut = bpf_skb_load_bytes(skb, at, &read.type, sizeof(read.type) + IPV4_HEADER) != 0;
			if (cut && bpf_skb_load_bytes(skb, at, &read.type, sizeof(read.type)))
				return SLOT(OTHER_NETWORK, MALFORMED, 0);
			if (!is_vlan(read.type))
				break;
		}
		at += sizeof(read.type);
	} else {
		read.type = skb->protocol;
		cut = bpf_skb_load_bytes(skb, 0, read.header, IPV4_HEADER) != 0;
	}
	forget(at, skb);
	if (read.type == swap16(ETHERTYPE_IPV4))
		found = cut ? SLOT(IPV4, MALFORMED, 0) : ipv4(skb, read.header, at);
	else if (read.type == swap16(ETHERTYPE_IPV6))
		found = cut ? SLOT(IPV6, MALFORMED, 0) : ipv6(skb, read.header, at);
	else
		found = SLOT(read.type == swap16(ETHERTYPE_ARP) ? ARP : OTHER_NETWORK, OTHER, 0);
	return lost ? found | LOST : found;
}

/* TRANSPORT and SERVICE for `common`; next is at offset `at` of the packet. */
static __always_inline int common_transport(struct __sk_buff *skb, __u32 network, __u8 protocol, const __u8 *next,
					    __u32 at)
{
	const __u8 *end = (void *)(long)skb->data_end;

	if (protocol == PROTOCOL_TCP) {
		if (next + TCP_HEADER > end)
			return -1;
		if (next[12] >> 4 != 5 && (next[12] >> 4 < 5 || at + (next[12] >> 4 << 2) > skb->len))
			return -1;
		return SLOT(network, TCP, service(*(const __u32 *)next));
	}
	if (protocol == PROTOCOL_UDP)
		return SLOT(network, UDP, service(*(const __u32 *)next));
	if (protocol == PROTOCOL_SCTP || (network == IPV6 && is_extension(protocol)))
		return -1;
	return SLOT(network, by_number(protocol), 0);
}

/*
 * The same rules for nearly every packet: no VLAN tag, no IPv4 options, no IPv6 extension header, headers in one piece
 * and nothing wrong. -1 for any other. It reads at constant offsets, so it is compiled for each length of the link
 * header.
 */
static __always_inline int common(struct __sk_buff *skb, const __u32 link)
{
	const __u8 *end = (void *)(long)skb->data_end;
	const __u8 *at = (void *)(long)skb->data + link;
	__u32 type;

	if (at + IPV4_HEADER + UDP_HEADER > end)
		return -1;
	type = link ? *(const __u16 *)(at - 2) : skb->protocol;
	/* At ingress they differ where L5 applies. */
	if (link && !egress && type != skb->protocol)
		return -1;
	if (type == swap16(ETHERTYPE_IPV4)) {
		__u16 total = swap16(*(const __u16 *)(at + 2));

		if (at[0] != 0x45 || (total && total < IPV4_HEADER) || *(const __u16 *)(at + 6) & swap16(0x1fff))
			return -1;
		return common_transport(skb, IPV4, at[9], at + IPV4_HEADER, link + IPV4_HEADER);
	}
	if (type == swap16(ETHERTYPE_IPV6)) {
		if (at + IPV6_HEADER + UDP_HEADER > end || at[0] >> 4 != 6)
			return -1;
		return common_transport(skb, IPV6, at[6], at + IPV6_HEADER, link + IPV6_HEADER);
	}
	return type == swap16(ETHERTYPE_ARP) ? SLOT(ARP, OTHER, 0) : -1;
}

/* Each CPU has rows of its own, and TC programs of one CPU do not interrupt each other: no atomic add is needed. */
static __always_inline void add(__u32 slot, __u64 packets, __u64 bytes)
{
	__u32 index = bpf_get_smp_processor_id() << SLOT_BITS | slot;
	__u32 *key = bpf_map_lookup_elem(&row_key, (const void *)&first);
	struct traffic_row *row;

	if (!key)
		return;
	*key = index;
	row = bpf_map_lookup_elem(&traffic, key);
	if (!row)
		return;
	row->packets += packets;
	row->bytes += bytes;
}

SEC("tc")
int tc_classifier_prog(struct __sk_buff *skb)
{
	__u64 packets = skb->gso_segs;
	__u64 found, header, lost, bytes;

	if (packets <= 1 && !skb->gso_size) {
		int slot = link_header ? common(skb, ETHERNET_HEADER) : common(skb, 0);

		if (slot >= 0) {
			add(slot, 1, egress ? skb->wire_len : skb->len);
			return TC_ACT_UNSPEC;
		}
	}
	found = any(skb);
	lost = found & LOST ? ETHERNET_HEADER : 0;
	header = (found & ~LOST) >> 16;
	if (!packets && skb->gso_size)
		packets = (skb->len - header + skb->gso_size - 1) / skb->gso_size;
	if (!packets)
		packets = 1;
	bytes = egress ? skb->wire_len : skb->len + lost + (packets - 1) * (header ? header + lost : 0);
	add(found & (SLOTS - 1), packets, bytes);
	return TC_ACT_UNSPEC;
}

LICENSE("Dual BSD/GPL");

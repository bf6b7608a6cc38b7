// SPDX-License-Identifier: Apache-2.0
/*
 * The life of a program in C: open, load, attach, detach, close. For each line of the input, which names what is done as
 * Cycle.Kind does, one line with the nanoseconds of load, attach, detach and close.
 *
 * What it needs of libbpf is declared here, so that it compiles without libbpf's headers.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct bpf_object;
struct bpf_program;
struct bpf_map;

struct open_options {
	size_t size;
	const char *object_name;
};

struct link_options {
	size_t size;
	uint32_t flags;
	uint32_t unused;
};

extern struct bpf_object *bpf_object__open_mem(const void *bytes, size_t size, const struct open_options *options);
extern int bpf_object__load(struct bpf_object *object);
extern void bpf_object__close(struct bpf_object *object);
extern struct bpf_program *bpf_object__find_program_by_name(const struct bpf_object *object, const char *name);
extern struct bpf_map *bpf_object__find_map_by_name(const struct bpf_object *object, const char *name);
extern uint32_t bpf_program__flags(const struct bpf_program *program);
extern int bpf_program__set_flags(struct bpf_program *program, uint32_t flags);
extern int bpf_program__fd(const struct bpf_program *program);
extern int bpf_map__set_max_entries(struct bpf_map *map, uint32_t entries);
extern int bpf_link_create(int program, int target, int type, const struct link_options *options);
extern int libbpf_num_possible_cpus(void);

enum {
	BPF_XDP = 37,
	BPF_TCX_INGRESS = 46,
	BPF_F_XDP_HAS_FRAGS = 1 << 5,
	XDP_FLAGS_DRV_MODE = 1 << 2,
	SLOTS = 1024,
	LARGEST = 1 << 20,
};

struct file {
	char bytes[LARGEST];
	size_t size;
};

static struct file counter, classifier;

static void fail(const char *what, int error)
{
	fprintf(stderr, "%s: %s\n", what, strerror(error));
	exit(1);
}

static void read_file(const char *path, struct file *file)
{
	FILE *in = fopen(path, "rb");

	if (!in)
		fail(path, errno);
	file->size = fread(file->bytes, 1, LARGEST, in);
	fclose(in);
}

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void cycle(int is_xdp, int attaches, int device)
{
	struct open_options open = { sizeof(open), is_xdp ? "counter" : "classifier" };
	struct link_options flags = { sizeof(flags), XDP_FLAGS_DRV_MODE, 0 };
	struct file *file = is_xdp ? &counter : &classifier;
	long long start = now(), loaded, attached, detached, closed;
	struct bpf_object *object = bpf_object__open_mem(file->bytes, file->size, &open);
	struct bpf_program *program;
	int link, error;

	if (!object)
		fail("open", errno);
	program = bpf_object__find_program_by_name(object, is_xdp ? "xdp_counter_prog" : "tc_classifier_prog");
	if (!program)
		fail("program", errno);
	if (is_xdp)
		error = bpf_program__set_flags(program, bpf_program__flags(program) | BPF_F_XDP_HAS_FRAGS);
	else
		error = bpf_map__set_max_entries(bpf_object__find_map_by_name(object, "traffic"),
						 SLOTS * libbpf_num_possible_cpus());
	if (error)
		fail("set", -error);
	error = bpf_object__load(object);
	if (error)
		fail("load", -error);
	loaded = attached = detached = now();
	if (attaches) {
		link = bpf_link_create(bpf_program__fd(program), device, is_xdp ? BPF_XDP : BPF_TCX_INGRESS,
				       is_xdp ? &flags : NULL);
		if (link < 0)
			fail("attach", -link);
		attached = now();
		close(link);
		detached = now();
	}
	bpf_object__close(object);
	closed = now();
	printf("%lld %lld %lld %lld\n", loaded - start, attached - loaded, detached - attached, closed - detached);
	fflush(stdout);
}

int main(int count, char **arguments)
{
	char line[32];
	int device;

	if (count != 4) {
		fprintf(stderr, "expected: COUNTER_OBJECT CLASSIFIER_OBJECT INTERFACE\n");
		return 2;
	}
	read_file(arguments[1], &counter);
	read_file(arguments[2], &classifier);
	device = if_nametoindex(arguments[3]);
	if (!device)
		fail(arguments[3], errno);
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = 0;
		cycle(!strncmp(line, "xdp", 3), !strstr(line, "load"), device);
	}
	return 0;
}

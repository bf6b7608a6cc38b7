package io.x0tta6bl4.ebpf;

import java.time.Duration;

/**
 * What the kernel says of a loaded program.
 *
 * @param id the kernel's number for it, new at each load
 * @param type the kernel's number for its type: 3 for TC, 6 for XDP
 * @param name its name, which the kernel cuts to 15 bytes
 * @param tag 16 hexadecimal digits, a hash of its instructions: the same program has the same tag on every machine, whatever its
 *     constants are set to
 * @param instructions how many it has after verification
 * @param machineCode size of its machine code in bytes; 0 if it is interpreted
 * @param runs how often it ran, counted while {@code kernel.bpf_stats_enabled} is 1
 * @param runTime how long that took in all
 * @since 0.1.0
 */
public record ProgramInfo(
    int id, int type, String name, String tag, int instructions, int machineCode, long runs, Duration runTime) {}

package io.x0tta6bl4.ebpf;

/**
 * What the kernel's verifier said of the programs of an object.
 *
 * @param accepted whether it would let all of them run
 * @param program the program that it refused; empty if it accepted them
 * @param summary one line: the reason of a refusal, or what the verification cost
 * @param log the verifier's log: of all programs if they were accepted, else of the one that was refused
 * @since 0.1.0
 */
public record VerifierReport(boolean accepted, String program, String summary, String log) {}

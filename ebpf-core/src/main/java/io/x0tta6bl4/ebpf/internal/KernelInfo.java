package io.x0tta6bl4.ebpf.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.x0tta6bl4.ebpf.LinkInfo;
import io.x0tta6bl4.ebpf.ProgramInfo;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the kernel says of programs, maps and links. Its structures only ever grow at the end, so the few fields of interest
 * are read at their places. Source: {@code struct bpf_prog_info}, {@code bpf_map_info} and {@code bpf_link_info} of
 * linux/bpf.h.
 */
public final class KernelInfo {

  /** Room for what kernels have today; an older kernel fills less, a newer one is told how much there is. */
  private static final int ROOM = 256;

  private static final int LINK_TYPE_XDP = 6;
  private static final int LINK_TYPE_TCX = 11;
  private static final int BYTES_AN_INSTRUCTION = 8;
  private static final int NAME_LENGTH = 16;
  private static final int TAG_LENGTH = 8;

  private KernelInfo() {}

  /**
   * A map as the kernel has it.
   *
   * @param type the kernel's number for it
   * @param id the kernel's number for this map
   * @param keySize in bytes
   * @param valueSize in bytes
   * @param maxEntries how many fit
   * @param flags as given when it was made
   * @param name cut to 15 bytes
   */
  public record MapInfo(int type, int id, int keySize, int valueSize, int maxEntries, int flags, String name) {}

  /**
   * Tells of a program.
   *
   * @param fd its descriptor
   * @return what the kernel says, or empty if it says nothing
   */
  public static Optional<ProgramInfo> program(int fd) {
    return read(
        fd,
        info -> {
          byte[] tag = info.asSlice(8, TAG_LENGTH).toArray(JAVA_BYTE);
          return new ProgramInfo(
              info.get(JAVA_INT, 4),
              info.get(JAVA_INT, 0),
              name(info, 64),
              HexFormat.of().formatHex(tag),
              info.get(JAVA_INT, 20) / BYTES_AN_INSTRUCTION,
              info.get(JAVA_INT, 16),
              info.get(JAVA_LONG_UNALIGNED, 200),
              Duration.ofNanos(info.get(JAVA_LONG_UNALIGNED, 192)));
        });
  }

  /**
   * Tells of a program that may belong to somebody else.
   *
   * @param id its number
   * @return what the kernel says; empty if there is none, or if this process may not ask ({@code CAP_SYS_ADMIN})
   */
  public static Optional<ProgramInfo> programById(int id) {
    int fd = Libbpf.bpf_prog_get_fd_by_id(id);
    if (fd < 0) {
      return Optional.empty();
    }
    try {
      return program(fd);
    } finally {
      Libc.close(fd);
    }
  }

  /**
   * Tells of a map.
   *
   * @param fd its descriptor
   * @return what the kernel says, or empty if it says nothing or the descriptor is of something else
   */
  public static Optional<MapInfo> map(int fd) {
    if (!isA("bpf-map", fd)) {
      return Optional.empty();
    }
    return read(
        fd,
        info ->
            new MapInfo(
                info.get(JAVA_INT, 0),
                info.get(JAVA_INT, 4),
                info.get(JAVA_INT, 8),
                info.get(JAVA_INT, 12),
                info.get(JAVA_INT, 16),
                info.get(JAVA_INT, 20),
                name(info, 24)));
  }

  /**
   * A link as the kernel has it.
   *
   * @param xdp whether it is one of XDP, else one of TC
   * @param attachType for TC, which hook it is on
   * @param info what there is to say
   */
  public record Link(boolean xdp, int attachType, LinkInfo info) {}

  /**
   * Tells of a link to an interface.
   *
   * @param fd its descriptor
   * @return what the kernel says, or empty if it says nothing or the link is of another kind
   */
  public static Optional<Link> link(int fd) {
    if (!isA("bpf-link", fd)) {
      return Optional.empty();
    }
    return read(
            fd,
            info -> {
              int type = info.get(JAVA_INT, 0);
              LinkInfo link = new LinkInfo(info.get(JAVA_INT, 4), info.get(JAVA_INT, 8), info.get(JAVA_INT, 16));
              return type == LINK_TYPE_XDP || type == LINK_TYPE_TCX
                  ? Optional.of(new Link(type == LINK_TYPE_XDP, info.get(JAVA_INT, 20), link))
                  : Optional.<Link>empty();
            })
        .orElseGet(Optional::empty);
  }

  /** The kernel tells of whatever it is given, in a structure that does not say what it is of. */
  private static boolean isA(String kind, int fd) {
    try {
      // A link is a bpf_link if it was made here, and a bpf-link if it was opened.
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString().replace('_', '-').endsWith(":" + kind);
    } catch (IOException e) {
      return true;
    }
  }

  private static <T> Optional<T> read(int fd, Function<MemorySegment, T> reader) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(ROOM, 8);
      MemorySegment length = arena.allocateFrom(JAVA_INT, ROOM);
      return Libbpf.bpf_obj_get_info_by_fd(fd, info, length) == 0 ? Optional.of(reader.apply(info)) : Optional.empty();
    }
  }

  private static String name(MemorySegment info, long at) {
    return info.asSlice(at, NAME_LENGTH).getString(0);
  }
}

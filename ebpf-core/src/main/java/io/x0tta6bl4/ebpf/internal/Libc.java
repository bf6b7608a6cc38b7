package io.x0tta6bl4.ebpf.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Calls whose failure is told by {@code errno}, which generated bindings cannot read. A failure comes back as the negative
 * error number, as from libbpf.
 */
public final class Libc {

  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;

  /** Get the hardware address, whose family is the type of the link. Source: linux/sockios.h. */
  private static final long SIOCGIFHWADDR = 0x8927;

  private static final int IFREQ_SIZE = 40;
  private static final int IFNAMSIZ = 16;
  private static final int SOCKADDR_UN_PATH = 2;
  private static final int SOCKADDR_UN_SIZE = 110;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final VarHandle VH$errno =
      Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

  private Libc() {}

  private static MethodHandle handle(String name, FunctionDescriptor descriptor, Linker.Option... options) {
    SymbolLookup lookup = LINKER.defaultLookup();
    return LINKER.downcallHandle(lookup.findOrThrow(name), descriptor, options);
  }

  /** Each in a class of its own: what is not called is not linked, which is most of the time of a first call. */
  private static final class Mmap {
    static final MethodHandle MH$mmap =
        handle(
            "mmap",
            FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG),
            ERRNO);
    static final MethodHandle MH$munmap = handle("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
  }

  private static final class Close {
    static final MethodHandle MH$close = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  }

  private static final class Interfaces {
    static final MethodHandle MH$if_nametoindex =
        handle("if_nametoindex", FunctionDescriptor.of(JAVA_INT, ADDRESS), ERRNO);
    static final MethodHandle MH$if_indextoname =
        handle("if_indextoname", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS), ERRNO);
  }

  private static final class Sockets {
    static final MethodHandle MH$socket =
        handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), ERRNO);
    static final MethodHandle MH$bind =
        handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), ERRNO);
    static final MethodHandle MH$ioctl =
        handle(
            "ioctl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
            ERRNO,
            Linker.Option.firstVariadicArg(2));
  }

  /** Formats the library's words; takes a {@code va_list}, which is passed as a pointer on x86-64 and aarch64. */
  static final class Print {
    private static final MethodHandle MH$vsnprintf =
        handle("vsnprintf", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));

    private Print() {}

    static int vsnprintf(MemorySegment buffer, long size, MemorySegment format, MemorySegment arguments) {
      try {
        return (int) MH$vsnprintf.invokeExact(buffer, size, format, arguments);
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
  }

  /**
   * Maps a descriptor into memory, shared.
   *
   * @param size in bytes
   * @param protection {@code PROT_READ}, {@code PROT_WRITE} or both
   * @param fd what to map, from its beginning
   * @return the segment, of size 0, or a null segment's address with the error number in {@link Mapping#error}
   */
  public static Mapping mmap(long size, int protection, int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      MemorySegment address =
          (MemorySegment) Mmap.MH$mmap.invokeExact(state, MemorySegment.NULL, size, protection, 1, fd, 0L);
      return address.address() == -1 ? new Mapping(MemorySegment.NULL, errno(state)) : new Mapping(address, 0);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /**
   * What {@code mmap} gave.
   *
   * @param address of size 0; null if it failed
   * @param error 0, or the positive error number
   */
  public record Mapping(MemorySegment address, int error) {}

  /**
   * Ends a mapping.
   *
   * @param address its beginning
   * @param size in bytes
   */
  public static void munmap(MemorySegment address, long size) {
    try {
      int _ = (int) Mmap.MH$munmap.invokeExact(address, size);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Closes a descriptor. Linux frees it whatever the call returns.
   *
   * @param fd the descriptor
   */
  public static void close(int fd) {
    try {
      int _ = (int) Close.MH$close.invokeExact(fd);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Looks up an interface in the network namespace of the calling thread.
   *
   * @param name its name
   * @return the index, or the negative error number
   */
  public static int interfaceIndex(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      int index = (int) Interfaces.MH$if_nametoindex.invokeExact(state, arena.allocateFrom(name));
      return index > 0 ? index : -errno(state);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Looks up an interface in the network namespace of the calling thread.
   *
   * @param index its index
   * @return the name, empty if there is none
   */
  public static String interfaceName(int index) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      MemorySegment name = arena.allocate(IFNAMSIZ);
      MemorySegment found = (MemorySegment) Interfaces.MH$if_indextoname.invokeExact(state, index, name);
      return found.address() == 0 ? "" : name.getString(0);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Tells the type of an interface's link, an {@code ARPHRD_} constant of linux/if_arp.h.
   *
   * @param name the interface, in the network namespace of the calling thread
   * @return the type, or the negative error number
   */
  public static int linkType(String name) {
    int socket = socket();
    if (socket < 0) {
      return socket;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      MemorySegment request = arena.allocate(IFREQ_SIZE);
      request.setString(0, name);
      int result = (int) Sockets.MH$ioctl.invokeExact(state, socket, SIOCGIFHWADDR, request);
      return result < 0 ? -errno(state) : Short.toUnsignedInt(request.get(java.lang.foreign.ValueLayout.JAVA_SHORT, IFNAMSIZ));
    } catch (Throwable e) {
      throw new AssertionError(e);
    } finally {
      close(socket);
    }
  }

  /**
   * Opens a socket with a name of the abstract name space, which belongs to a network namespace and ends with its owner.
   *
   * @param name without the leading NUL; at most 107 bytes
   * @return the descriptor, or the negative error number
   */
  static int bindAbstract(String name) {
    int socket = socket();
    if (socket < 0) {
      return socket;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      // The kernel goes by the length; the NUL behind the longest name is Java's.
      MemorySegment address = arena.allocate(SOCKADDR_UN_SIZE + 1L);
      address.set(java.lang.foreign.ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      address.setString(SOCKADDR_UN_PATH + 1L, name);
      int length = SOCKADDR_UN_PATH + 1 + name.length();
      int result = (int) Sockets.MH$bind.invokeExact(state, socket, address, length);
      if (result == 0) {
        return socket;
      }
      int error = errno(state);
      close(socket);
      return -error;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static int socket() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      int socket = (int) Sockets.MH$socket.invokeExact(state, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      return socket < 0 ? -errno(state) : socket;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static int errno(MemorySegment state) {
    return (int) VH$errno.get(state, 0L);
  }
}

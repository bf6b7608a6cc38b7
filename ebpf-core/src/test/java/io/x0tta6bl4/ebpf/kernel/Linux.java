package io.x0tta6bl4.ebpf.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.x0tta6bl4.ebpf.internal.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** Calls of the kernel that tests need and the library does not. */
public final class Linux {

  /** Source: linux/sched.h. */
  private static final int CLONE_NEWNET = 0x40000000;

  /** Source: linux/sockios.h, linux/ethtool.h, linux/if_tun.h. */
  private static final long SIOCETHTOOL = 0x8946;

  private static final int ETHTOOL_STSO = 0x1f;
  private static final int ETHTOOL_SGRO = 0x2c;
  private static final long TUNSETIFF = 0x400454ca;
  private static final short IFF_TUN = 1;
  private static final short IFF_NO_PI = 0x1000;

  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM = 2;
  private static final int O_RDWR = 2;
  private static final int IFREQ_SIZE = 40;
  private static final int IFNAMSIZ = 16;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final VarHandle VH$errno =
      Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

  private static final MethodHandle MH$gettid = handle("gettid", FunctionDescriptor.of(JAVA_INT));
  private static final MethodHandle MH$unshare = handle("unshare", FunctionDescriptor.of(JAVA_INT, JAVA_INT), ERRNO);
  private static final MethodHandle MH$socket =
      handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), ERRNO);
  private static final MethodHandle MH$open =
      handle("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), ERRNO, Linker.Option.firstVariadicArg(2));
  private static final MethodHandle MH$ioctl =
      handle(
          "ioctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          ERRNO,
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle MH$write =
      handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), ERRNO);
  private static final MethodHandle MH$close = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private Linux() {}

  private static MethodHandle handle(String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }

  /** The kernel's number for the calling thread. */
  public static int threadId() {
    try {
      return (int) MH$gettid.invokeExact();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Gives the calling thread a network namespace of its own, which has nothing but {@code lo}. */
  static void leaveNetwork() {
    call("unshare", state -> (int) MH$unshare.invokeExact(state, CLONE_NEWNET));
  }

  /** Whether an interface hands big TCP packets to its driver; if not, the kernel cuts them behind the TC programs. */
  static void setSegmentationOffload(String device, boolean on) {
    setFeature(device, ETHTOOL_STSO, on);
  }

  /** Whether an interface joins TCP packets that came in, in front of the TC programs. */
  static void setReceiveOffload(String device, boolean on) {
    setFeature(device, ETHTOOL_SGRO, on);
  }

  private static void setFeature(String device, int command, boolean on) {
    int socket = call("socket", state -> (int) MH$socket.invokeExact(state, AF_INET, SOCK_DGRAM, 0));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocateFrom(JAVA_INT, command, on ? 1 : 0);
      MemorySegment request = arena.allocate(IFREQ_SIZE, Long.BYTES);
      request.setString(0, device);
      request.set(ADDRESS, IFNAMSIZ, value);
      call("ioctl", state -> (int) MH$ioctl.invokeExact(state, socket, SIOCETHTOOL, request));
    } finally {
      close(socket);
    }
  }

  /** Opens the other end of a tun device, into which what is {@linkplain #write written} comes in at the device. */
  static int openTun(String device) {
    try (Arena arena = Arena.ofConfined()) {
      int fd = call("open", state -> (int) MH$open.invokeExact(state, arena.allocateFrom("/dev/net/tun"), O_RDWR));
      MemorySegment request = arena.allocate(IFREQ_SIZE, Long.BYTES);
      request.setString(0, device);
      request.set(java.lang.foreign.ValueLayout.JAVA_SHORT, IFNAMSIZ, (short) (IFF_TUN | IFF_NO_PI));
      call("ioctl", state -> (int) MH$ioctl.invokeExact(state, fd, TUNSETIFF, request));
      return fd;
    }
  }

  static void write(int fd, byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocateFrom(java.lang.foreign.ValueLayout.JAVA_BYTE, bytes);
      call("write", state -> (int) (long) MH$write.invokeExact(state, fd, data, (long) bytes.length));
    }
  }

  static void close(int fd) {
    try {
      int _ = (int) MH$close.invokeExact(fd);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private interface Call {
    int apply(MemorySegment state) throws Throwable;
  }

  private static int call(String name, Call call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      int result = call.apply(state);
      if (result < 0) {
        throw new IllegalStateException(name + ": " + Errno.text((int) VH$errno.get(state, 0L)));
      }
      return result;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}

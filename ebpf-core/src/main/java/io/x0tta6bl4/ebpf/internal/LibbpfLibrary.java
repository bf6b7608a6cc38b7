package io.x0tta6bl4.ebpf.internal;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.x0tta6bl4.ebpf.LibbpfUnavailableException;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one libbpf of the process. The generated bindings open {@code libbpf.so.1} in a static initializer, whose failure is an
 * error that says nothing of use; so it is opened here first, and a library at a path of the user's choice is then the one
 * that the bindings find, since the loader goes by its name inside.
 */
public final class LibbpfLibrary {

  /** The system property that names a library to use in place of the system's. */
  public static final String PATH_PROPERTY = "io.x0tta6bl4.ebpf.libbpf";

  private static final String NAME = "libbpf.so.1";
  private static final String OLD_NAME = "libbpf.so.0";

  private static final String INSTALL =
      "install libbpf 1.0 or later (Debian, Ubuntu: apt install libbpf1; Fedora, RHEL: dnf install libbpf; "
          + "Alpine: apk add libbpf; openSUSE: zypper install libbpf1), or name it by -D" + PATH_PROPERTY + "=PATH";

  private static @Nullable String version;

  private LibbpfLibrary() {}

  /**
   * Loads the library, once.
   *
   * @return its version, for instance {@code 1.1}
   * @throws LibbpfUnavailableException if it is not there or too old; it is looked for again at the next call
   */
  public static synchronized String require() {
    if (version == null) {
      check(System.getProperty(PATH_PROPERTY), LibbpfLibrary::open);
      LibbpfLog.install();
      version = Libbpf.libbpf_major_version() + "." + Libbpf.libbpf_minor_version();
    }
    return version;
  }

  /**
   * Looks for a library that can be used.
   *
   * @param path of the user's choice, or {@code null} for the system's
   * @param opener opens a library by name or path, or throws {@link IllegalArgumentException}
   * @throws LibbpfUnavailableException if there is none
   */
  static void check(@Nullable String path, Function<String, SymbolLookup> opener) {
    String wanted = path == null ? NAME : path;
    SymbolLookup library;
    try {
      library = opener.apply(wanted);
    } catch (IllegalArgumentException e) {
      String found = path == null && isThere(OLD_NAME, opener) ? ", only " + OLD_NAME + ", which is too old" : "";
      throw new LibbpfUnavailableException(wanted + " was not found" + found + ": " + INSTALL, e);
    }
    int major = major(library);
    if (major < 1) {
      throw new LibbpfUnavailableException(wanted + " is libbpf 0.x, which is too old: " + INSTALL, null);
    }
  }

  private static boolean isThere(String name, Function<String, SymbolLookup> opener) {
    try {
      SymbolLookup _ = opener.apply(name);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The function is there since 0.6; a library without it is older, or another one. */
  private static int major(SymbolLookup library) {
    return library.find("libbpf_major_version")
        .map(
            function -> {
              try {
                return (int)
                    Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(JAVA_INT)).invokeExact();
              } catch (Throwable e) {
                throw new AssertionError(e);
              }
            })
        .orElse(0);
  }

  /** Never closed: the bindings keep pointers into it. */
  private static SymbolLookup open(String nameOrPath) {
    return nameOrPath.indexOf('/') < 0
        ? SymbolLookup.libraryLookup(nameOrPath, Arena.global())
        : SymbolLookup.libraryLookup(Path.of(nameOrPath), Arena.global());
  }
}

package io.x0tta6bl4.ebpf.internal;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.x0tta6bl4.ebpf.LibbpfUnavailableException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LibbpfLibraryTest {

  private final Arena arena = Arena.ofConfined();
  private final List<String> asked = new ArrayList<>();

  @AfterEach
  void freeTheStubs() {
    arena.close();
  }

  @Test
  void aMissingLibraryIsToldWithThePackageToInstall() {
    refused(null, Map.of())
        .withMessage(
            "libbpf.so.1 was not found: install libbpf 1.0 or later (Debian, Ubuntu: apt install libbpf1; Fedora, RHEL:"
                + " dnf install libbpf; Alpine: apk add libbpf; openSUSE: zypper install libbpf1), or name it by"
                + " -Dio.x0tta6bl4.ebpf.libbpf=PATH")
        .withCauseInstanceOf(IllegalArgumentException.class);
    assertThat(asked).containsExactly("libbpf.so.1", "libbpf.so.0");
  }

  @Test
  void anOldLibraryBesideIsNamed() {
    refused(null, Map.of("libbpf.so.0", library(0)))
        .withMessageStartingWith(
            "libbpf.so.1 was not found, only libbpf.so.0, which is too old: install libbpf 1.0 or later (");
  }

  @Test
  void aLibraryThatSaysZeroIsTooOld() {
    refused("/opt/libbpf.so", Map.of("/opt/libbpf.so", library(0)))
        .withMessageStartingWith("/opt/libbpf.so is libbpf 0.x, which is too old: install libbpf 1.0 or later (");
  }

  @Test
  void aLibraryThatDoesNotTellItsVersionIsTooOld() {
    refused(null, Map.of("libbpf.so.1", _ -> Optional.empty()))
        .withMessageStartingWith("libbpf.so.1 is libbpf 0.x, which is too old: ");
  }

  @Test
  void aPathOfTheUsersChoiceIsUsedAlone() {
    refused("/opt/none.so", Map.of("libbpf.so.1", library(1), "libbpf.so.0", library(0)))
        .withMessageStartingWith("/opt/none.so was not found: install");
    assertThat(asked).containsExactly("/opt/none.so");
  }

  @Test
  void anyLibraryFromOneOnWillDo() {
    assertThatCode(() -> LibbpfLibrary.check(null, opener(Map.of("libbpf.so.1", library(1)))))
        .doesNotThrowAnyException();
    assertThatCode(() -> LibbpfLibrary.check("/opt/b.so", opener(Map.of("/opt/b.so", library(2)))))
        .doesNotThrowAnyException();
  }

  private org.assertj.core.api.ThrowableAssertAlternative<LibbpfUnavailableException> refused(
      @Nullable String path, Map<String, SymbolLookup> libraries) {
    return assertThatExceptionOfType(LibbpfUnavailableException.class)
        .isThrownBy(() -> LibbpfLibrary.check(path, opener(libraries)));
  }

  private Function<String, SymbolLookup> opener(Map<String, SymbolLookup> libraries) {
    return name -> {
      asked.add(name);
      SymbolLookup found = libraries.get(name);
      if (found == null) {
        throw new IllegalArgumentException("Cannot open library: " + name);
      }
      return found;
    };
  }

  /** A library whose only function tells its major version. */
  private SymbolLookup library(int major) {
    MemorySegment function =
        Linker.nativeLinker()
            .upcallStub(MethodHandles.constant(int.class, major), FunctionDescriptor.of(JAVA_INT), arena);
    return name -> name.equals("libbpf_major_version") ? Optional.of(function) : Optional.empty();
  }
}

package io.x0tta6bl4.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.x0tta6bl4.ebpf.internal.ElfObject;
import io.x0tta6bl4.ebpf.internal.LibbpfLibrary;
import io.x0tta6bl4.ebpf.internal.LibbpfLog;
import io.x0tta6bl4.ebpf.internal.Lifetime;
import io.x0tta6bl4.ebpf.internal.NativeObject;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A BPF object: programs and maps of one compiled file. {@link #open} reads it, {@link #load} gives it to the kernel, after
 * which its programs can be attached and its maps be read. {@link #close} closes the links that are still open, newest first,
 * and takes it out of the kernel.
 *
 * {@snippet class="io.x0tta6bl4.ebpf.ExamplesTest" region="load"}
 *
 * <p>Between open and load it is for one thread; once loaded it is thread-safe. After {@code close}, each call on it, its
 * programs, maps and mappings is an {@link IllegalStateException}; closing again does nothing.
 *
 * @since 0.1.0
 */
public final class BpfObject extends MapOwner implements AutoCloseable {

  private final String name;
  private final ElfObject elf;
  private final NativeObject object;
  private final Lifetime lifetime;
  private final Map<String, BpfMap> maps = new LinkedHashMap<>();
  private final Map<String, BpfProgram> programs = new LinkedHashMap<>();
  private final Attachments attachments = new Attachments();
  private volatile boolean loaded;

  private BpfObject(String name, ElfObject elf, NativeObject object) {
    this.name = name;
    this.elf = elf;
    this.object = object;
    this.lifetime = new Lifetime("BPF object '" + name + "'");
    for (MemorySegment map : object.maps()) {
      BpfMap made = new BpfMap(this, map);
      maps.put(made.name(), made);
    }
    for (MemorySegment program : object.programs()) {
      BpfProgram made = new BpfProgram(this, program);
      programs.put(made.name(), made);
    }
  }

  /**
   * Opens an object that comes with this library.
   *
   * @param bundled which
   * @return the object, not loaded yet
   * @throws LibbpfUnavailableException if there is no libbpf
   */
  public static BpfObject open(BundledObject bundled) {
    return open(bundled.fileName(), bundled.bytes());
  }

  /**
   * Opens an object file.
   *
   * @param file compiled for BPF, little endian
   * @return the object, not loaded yet
   * @throws IOException if the file cannot be read
   * @throws BpfObjectException if it is no object that can be loaded here
   * @throws LibbpfUnavailableException if there is no libbpf
   */
  public static BpfObject open(Path file) throws IOException {
    return open(String.valueOf(file.getFileName()), Files.readAllBytes(file));
  }

  /**
   * Opens an object.
   *
   * @param name for messages, and what the kernel calls its global variables
   * @param bytes the object file
   * @return the object, not loaded yet
   * @throws BpfObjectException if it is no object that can be loaded here
   * @throws LibbpfUnavailableException if there is no libbpf
   */
  public static BpfObject open(String name, byte[] bytes) {
    Objects.requireNonNull(name, "name");
    LibbpfLibrary.require();
    ElfObject elf = ElfObject.parse(bytes, "'" + name + "'");
    NativeObject object = NativeObject.open(name, bytes);
    try {
      return new BpfObject(name, elf, object);
    } catch (RuntimeException e) {
      object.close();
      throw e;
    }
  }

  /**
   * Asks the kernel's verifier whether it would let the programs of an object run, without attaching anything.
   *
   * @param name for messages
   * @param bytes the object file
   * @return what it says
   * @throws BpfObjectException if it is no object that can be loaded here
   * @throws BpfPermissionException if the process may not load programs
   * @throws LibbpfUnavailableException if there is no libbpf
   */
  public static VerifierReport verify(String name, byte[] bytes) {
    try (BpfObject object = open(name, bytes);
        LibbpfLog log = LibbpfLog.listenToAll()) {
      object.programs().forEach(BpfProgram::askForLog);
      object.load(log);
      return LoadFailures.accepted(log.text());
    } catch (BpfVerifierException e) {
      return new VerifierReport(false, e.program(), String.valueOf(e.getMessage()), e.verifierLog());
    }
  }

  /**
   * Whether it was closed.
   *
   * @return whether {@link #close} was called
   */
  public boolean isClosed() {
    return lifetime.isClosed();
  }

  /**
   * The name that it was opened by.
   *
   * @return as given
   */
  public String name() {
    return name;
  }

  /**
   * Sets a constant of the program, a {@code const volatile} variable, before it is loaded. The verifier sees its value and
   * leaves out what cannot happen with it.
   *
   * @param variable its name as in C
   * @param value must fit; 1, 2, 4 or 8 bytes
   * @throws IllegalArgumentException if there is no such constant, or the value does not fit into it
   * @throws IllegalStateException if it is loaded or closed
   */
  public void setConstant(String variable, long value) {
    try (Lifetime.Use _ = use()) {
      requireOpen();
      ElfObject.Variable place =
          elf.variable(variable)
              .filter(found -> found.section().equals(".rodata"))
              .orElseThrow(() -> new IllegalArgumentException("constant '" + variable + "': object '" + name + "' has none"));
      int bits = place.size() * Byte.SIZE;
      boolean fits = bits == Long.SIZE || (bits < Long.SIZE && value >= -(1L << (bits - 1)) && value < (1L << bits));
      if (!fits || Integer.bitCount(place.size()) != 1) {
        throw new IllegalArgumentException(
            "constant '" + variable + "': " + value + " does not fit into its " + place.size() + " bytes");
      }
      byte[] bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
      MemorySegment data = map(".rodata").initialValue();
      MemorySegment.copy(bytes, 0, data, JAVA_BYTE, place.offset(), place.size());
    }
  }

  /**
   * Where a global variable lies in the value of its section's map ({@code .bss}, {@code .data}, {@code .rodata}).
   *
   * @param variable its name as in C
   * @return the offset in bytes
   * @throws IllegalArgumentException if there is no such variable
   */
  public int offsetOf(String variable) {
    return elf.variable(variable)
        .map(ElfObject.Variable::offset)
        .orElseThrow(() -> new IllegalArgumentException("variable '" + variable + "': object '" + name + "' has none"));
  }

  /**
   * Gives the programs to the kernel, which verifies them, and makes the maps. Where that fails, this object is closed.
   *
   * @return this
   * @throws BpfVerifierException if the verifier refuses a program; it carries the log
   * @throws BpfPermissionException if the process may not
   * @throws BpfException if the kernel refuses for another reason
   * @throws IllegalStateException if it was loaded before, or is closed
   */
  public BpfObject load() {
    try (LibbpfLog log = LibbpfLog.listen()) {
      load(log);
      return this;
    } catch (BpfException e) {
      // It is of no use any more, and whoever wrote open(...).load() has nothing to close it by.
      close();
      throw e;
    }
  }

  private void load(LibbpfLog log) {
    try (Lifetime.Use _ = use()) {
      requireOpen();
      int error = object.load();
      if (error != 0) {
        throw LoadFailures.of(name, error, log.text());
      }
      loaded = true;
    }
  }

  /**
   * Finds a program.
   *
   * @param program its name as in C
   * @return the program
   * @throws IllegalArgumentException if there is none of that name; it says which there are
   */
  public BpfProgram program(String program) {
    return find(programs, program, "program");
  }

  /**
   * Finds a map.
   *
   * @param map its name as in C; {@code .bss}, {@code .data} and {@code .rodata} for global variables
   * @return the map
   * @throws IllegalArgumentException if there is none of that name; it says which there are
   */
  public BpfMap map(String map) {
    return find(maps, map, "map");
  }

  /**
   * All programs, in the file's order.
   *
   * @return unmodifiable
   */
  public Collection<BpfProgram> programs() {
    return Collections.unmodifiableCollection(programs.values());
  }

  /**
   * All maps, in the file's order.
   *
   * @return unmodifiable
   */
  public Collection<BpfMap> maps() {
    return Collections.unmodifiableCollection(maps.values());
  }

  private <T> T find(Map<String, T> all, String wanted, String what) {
    T found = all.get(wanted);
    if (found == null) {
      throw new IllegalArgumentException(
          what + " '" + wanted + "': object '" + name + "' has none of that name, only " + all.keySet());
    }
    return found;
  }

  @Override
  void own(AutoCloseable part) {
    attachments.add(part);
  }

  @Override
  void disown(AutoCloseable part) {
    attachments.remove(part);
  }

  @Override
  Lifetime.Use use() {
    return lifetime.enter();
  }

  @Override
  void requireOpen() {
    if (loaded) {
      throw new IllegalStateException("BPF object '" + name + "' was loaded already: this can be set before only");
    }
  }

  @Override
  void requireLoaded() {
    if (!loaded) {
      throw new IllegalStateException("BPF object '" + name + "' is not loaded: call load() first");
    }
  }

  /**
   * Closes the links and mappings that are still open, newest first, and takes programs and maps out of the kernel, unless
   * they are pinned. What fails on the way does not keep the rest from being closed.
   *
   * @throws BpfException if a filter of clsact could not be removed; all else was closed, and closing again tries it again
   * @throws IllegalStateException if a filter of clsact is in another network namespace than the calling thread; all else was
   *     closed, and closing again tries it again
   */
  @Override
  public void close() {
    lifetime.requireOutside();
    // Not inside the lifetime's lock: a reader that is under way may need the maps before it ends.
    RuntimeException failure = attachments.closeAll(null);
    lifetime.close(object::close);
    // What was attached meanwhile; from now on nothing can be.
    failure = failure == null ? attachments.closeAll(null) : failure;
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public String toString() {
    return "BPF object '" + name + "'";
  }
}

package io.x0tta6bl4.ebpf.internal;

import io.x0tta6bl4.ebpf.BpfObjectException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of an object file that libbpf does not tell: where its global variables are. Also the first to look at a file,
 * since what is wrong with it is told here in words and by libbpf in a number.
 *
 * <p>Source: System V Application Binary Interface, chapter 4; {@code EM_BPF} of linux/elf-em.h. Immutable.
 */
public final class ElfObject {

  private static final int MAGIC = 0x7f454c46;
  private static final int CLASS_64 = 2;
  private static final int LITTLE_ENDIAN = 1;
  private static final int TYPE_RELOCATABLE = 1;
  private static final int MACHINE_BPF = 247;

  private static final int HEADER_SIZE = 64;
  private static final int SECTION_HEADER_SIZE = 64;
  private static final int SECTION_SYMBOLS = 2;
  private static final int SECTION_NO_BITS = 8;
  private static final int SYMBOL_SIZE = 24;
  private static final int SYMBOL_OBJECT = 1;

  private final ByteBuffer bytes;
  private final String source;
  private final long sectionsAt;
  private final int sectionCount;
  private final Map<String, Variable> variables = new HashMap<>();

  /**
   * Where a global variable is.
   *
   * @param section the section's name, for instance {@code .rodata}
   * @param offset from the section's beginning, in bytes
   * @param size in bytes
   */
  public record Variable(String section, int offset, int size) {}

  private ElfObject(byte[] file, String source) {
    this.source = source;
    this.bytes = ByteBuffer.wrap(file);
    require(file.length >= HEADER_SIZE, "it has " + file.length + " bytes, an ELF header has " + HEADER_SIZE);
    require(bytes.getInt(0) == MAGIC, "it does not begin like an ELF file");
    require(bytes.get(4) == CLASS_64, "it is not a 64-bit ELF file");
    require(bytes.get(5) == LITTLE_ENDIAN, "its byte order is big endian, expected little endian, as of this machine");
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    require(
        unsigned16(16) == TYPE_RELOCATABLE && unsigned16(18) == MACHINE_BPF,
        "it is not a relocatable BPF object: type " + unsigned16(16) + ", machine " + unsigned16(18) + ", expected 1 and 247");
    sectionsAt = bytes.getLong(40);
    sectionCount = unsigned16(60);
    require(unsigned16(58) == SECTION_HEADER_SIZE, "its section headers have " + unsigned16(58) + " bytes, expected 64");
    require(inFile(sectionsAt, (long) sectionCount * SECTION_HEADER_SIZE) && sectionCount > 0, "its end is missing");
    for (int i = 0; i < sectionCount; i++) {
      require(
          type(i) == SECTION_NO_BITS || type(i) == 0 || inFile(offset(i), size(i)),
          "section " + i + " lies outside of it: the file was cut");
    }
    for (int i = 0; i < sectionCount; i++) {
      if (type(i) == SECTION_SYMBOLS) {
        readSymbols(i);
      }
    }
  }

  /**
   * Reads a file.
   *
   * @param file its bytes
   * @param source for messages
   * @return the object
   * @throws BpfObjectException if it is not a whole BPF object of this machine's byte order
   */
  public static ElfObject parse(byte[] file, String source) {
    return new ElfObject(file, source);
  }

  /**
   * Finds a global variable.
   *
   * @param name as in C
   * @return where it is, or empty
   */
  public Optional<Variable> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  private void readSymbols(int section) {
    int names = bytes.getInt(header(section) + 40);
    require(names >= 0 && names < sectionCount, "its symbols have no names");
    long end = offset(section) + size(section);
    for (long at = offset(section); at + SYMBOL_SIZE <= end; at += SYMBOL_SIZE) {
      int symbol = Math.toIntExact(at);
      int home = unsigned16(symbol + 6);
      long value = bytes.getLong(symbol + 8);
      long size = bytes.getLong(symbol + 16);
      if ((bytes.get(symbol + 4) & 0xf) == SYMBOL_OBJECT && home > 0 && home < sectionCount && value >= 0 && size >= 0
          && fitsAMap(size(home)) && value <= size(home) - size) {
        variables.put(
            text(names, bytes.getInt(symbol)),
            new Variable(sectionName(home), Math.toIntExact(value), Math.toIntExact(size)));
      }
    }
  }

  /** A section without bytes in the file may say any size. */
  private static boolean fitsAMap(long size) {
    return size >= 0 && size <= Integer.MAX_VALUE;
  }

  private String sectionName(int section) {
    return text(unsigned16(62), bytes.getInt(header(section)));
  }

  /** A text of a string table, up to its NUL or to the table's end. */
  private String text(int table, int at) {
    require(
        table < sectionCount && type(table) != SECTION_NO_BITS && inFile(offset(table), size(table)),
        "it has no table of names");
    long start = offset(table) + Integer.toUnsignedLong(at);
    long end = offset(table) + size(table);
    require(start <= end, "a name lies outside of its table");
    int first = Math.toIntExact(start);
    int last = first;
    while (last < end && bytes.get(last) != 0) {
      last++;
    }
    return new String(bytes.array(), first, last - first, StandardCharsets.UTF_8);
  }

  private int type(int section) {
    return bytes.getInt(header(section) + 4);
  }

  private long offset(int section) {
    return bytes.getLong(header(section) + 24);
  }

  private long size(int section) {
    return bytes.getLong(header(section) + 32);
  }

  private int header(int section) {
    return Math.toIntExact(sectionsAt) + section * SECTION_HEADER_SIZE;
  }

  private boolean inFile(long offset, long size) {
    return offset >= 0 && size >= 0 && offset <= bytes.capacity() - size;
  }

  private int unsigned16(int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private void require(boolean condition, String problem) {
    if (!condition) {
      throw new BpfObjectException(source + " is not a BPF object: " + problem, null, "");
    }
  }
}

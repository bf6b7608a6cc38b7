package io.x0tta6bl4.ebpf.programs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The parts of a 64-bit little-endian ELF file that a BPF object is told by. */
final class ElfFile {

  /** A named place in a section; {@code type} is 1 for data and 2 for a function. */
  record Symbol(String name, String section, int type, boolean global, long offset, long size) {}

  private record Section(String name, int type, int offset, int size, int link) {}

  private static final int SYMBOL_TABLE = 2;
  private static final int SYMBOL_SIZE = 24;
  private static final int FIRST_RESERVED_SECTION = 0xff00;

  private final ByteBuffer bytes;
  private final List<Section> sections = new ArrayList<>();

  ElfFile(byte[] file) {
    bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int table = Math.toIntExact(bytes.getLong(40));
    int entry = bytes.getShort(58);
    int names = table + entry * bytes.getShort(62);
    for (int i = 0; i < bytes.getShort(60); i++) {
      int at = table + entry * i;
      sections.add(
          new Section(
              text(Math.toIntExact(bytes.getLong(names + 24)) + bytes.getInt(at)),
              bytes.getInt(at + 4),
              Math.toIntExact(bytes.getLong(at + 24)),
              Math.toIntExact(bytes.getLong(at + 32)),
              bytes.getInt(at + 40)));
    }
  }

  /** 1 for 32 bits, 2 for 64. */
  int wordSize() {
    return bytes.get(4);
  }

  /** 1 for little endian, 2 for big endian. */
  int byteOrder() {
    return bytes.get(5);
  }

  int machine() {
    return bytes.getShort(18);
  }

  List<String> sectionNames() {
    return sections.stream().map(Section::name).toList();
  }

  byte[] section(String name) {
    Section section = sections.stream().filter(s -> s.name.equals(name)).findFirst().orElseThrow();
    byte[] content = new byte[section.size];
    bytes.get(section.offset, content);
    return content;
  }

  List<Symbol> symbols() {
    List<Symbol> symbols = new ArrayList<>();
    for (Section table : sections) {
      if (table.type != SYMBOL_TABLE) {
        continue;
      }
      int names = sections.get(table.link).offset;
      for (int at = table.offset; at < table.offset + table.size; at += SYMBOL_SIZE) {
        int section = Short.toUnsignedInt(bytes.getShort(at + 6));
        if (section > 0 && section < FIRST_RESERVED_SECTION) {
          symbols.add(
              new Symbol(
                  text(names + bytes.getInt(at)),
                  sections.get(section).name,
                  bytes.get(at + 4) & 15,
                  bytes.get(at + 4) >> 4 == 1,
                  bytes.getLong(at + 8),
                  bytes.getLong(at + 16)));
        }
      }
    }
    return symbols;
  }

  private String text(int at) {
    int end = at;
    while (bytes.get(end) != 0) {
      end++;
    }
    return new String(bytes.array(), at, end - at, StandardCharsets.UTF_8);
  }
}

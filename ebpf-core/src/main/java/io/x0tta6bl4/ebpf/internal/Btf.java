package io.x0tta6bl4.ebpf.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Checks the type information of an object file. Types refer to each other by number, and libbpf before 1.3 follows a number
 * without a look at how many there are, which ends the process if the file lies. All else is left to libbpf.
 *
 * <p>Source: linux/btf.h, Documentation/bpf/btf.rst.
 */
final class Btf {

  private static final int HEADER_SIZE = 24;
  private static final int TYPE_SIZE = 12;

  private static final int INT = 1;
  private static final int PTR = 2;
  private static final int ARRAY = 3;
  private static final int STRUCT = 4;
  private static final int UNION = 5;
  private static final int ENUM = 6;
  private static final int FWD = 7;
  private static final int TYPEDEF = 8;
  private static final int VOLATILE = 9;
  private static final int CONST = 10;
  private static final int RESTRICT = 11;
  private static final int FUNC = 12;
  private static final int FUNC_PROTO = 13;
  private static final int VAR = 14;
  private static final int DATASEC = 15;
  private static final int FLOAT = 16;
  private static final int DECL_TAG = 17;
  private static final int TYPE_TAG = 18;
  private static final int ENUM64 = 19;

  private final ByteBuffer types;
  private long highest;

  private Btf(ByteBuffer types) {
    this.types = types;
  }

  /**
   * Whether a type refers to one that there is not.
   *
   * @param section the section {@code .BTF}
   * @return false too if the section is not made as it should be or has kinds of types that are not known here, which libbpf
   *     refuses by itself
   */
  static boolean dangles(ByteBuffer section) {
    ByteBuffer bytes = section.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.capacity() < HEADER_SIZE) {
      return false;
    }
    long start = Integer.toUnsignedLong(bytes.getInt(4)) + Integer.toUnsignedLong(bytes.getInt(8));
    long length = Integer.toUnsignedLong(bytes.getInt(12));
    return start + length <= bytes.capacity()
        && new Btf(bytes.slice((int) start, (int) length).order(ByteOrder.LITTLE_ENDIAN)).dangles();
  }

  private boolean dangles() {
    int count = 1; // Number 0 is void, which has no record.
    int at = 0;
    while (at < types.capacity()) {
      if (types.capacity() - at < TYPE_SIZE || types.capacity() - at - TYPE_SIZE < extraSize(at)) {
        return false;
      }
      readNumbers(at);
      at += TYPE_SIZE + extraSize(at);
      count++;
    }
    return highest >= count;
  }

  private int kind(int at) {
    return types.getInt(at + 4) >>> 24 & 0x1f;
  }

  private int parts(int at) {
    return types.getInt(at + 4) & 0xffff;
  }

  /** What follows the record of a type; more than there can be for a kind that is not known. */
  private int extraSize(int at) {
    return switch (kind(at)) {
      case PTR, FWD, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC, FLOAT, TYPE_TAG -> 0;
      case INT, VAR, DECL_TAG -> 4;
      case ARRAY -> 12;
      case ENUM, FUNC_PROTO -> parts(at) * 8;
      case STRUCT, UNION, DATASEC, ENUM64 -> parts(at) * 12;
      default -> Integer.MAX_VALUE;
    };
  }

  private void readNumbers(int at) {
    int own = at + 8;
    int extra = at + TYPE_SIZE;
    switch (kind(at)) {
      case PTR, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC, VAR, DECL_TAG, TYPE_TAG -> readNumbers(own, 1, 0);
      case ARRAY -> readNumbers(extra, 2, 4);
      case FUNC_PROTO -> {
        readNumbers(own, 1, 0);
        readNumbers(extra + 4, parts(at), 8);
      }
      case STRUCT, UNION -> readNumbers(extra + 4, parts(at), 12);
      case DATASEC -> readNumbers(extra, parts(at), 12);
      default -> {}
    }
  }

  private void readNumbers(int first, int numbers, int stride) {
    for (int i = 0; i < numbers; i++) {
      highest = Math.max(highest, Integer.toUnsignedLong(types.getInt(first + i * stride)));
    }
  }
}

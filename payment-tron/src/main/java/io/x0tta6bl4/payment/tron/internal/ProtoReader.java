package io.x0tta6bl4.payment.tron.internal;

import java.util.Arrays;

/**
 * Reads the fields of one protocol buffers message, as much of the
 * <a href="https://protobuf.dev/programming-guides/encoding/">wire format</a> as a transaction needs.
 */
final class ProtoReader {

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;
  private static final int MAX_VARINT_BITS = 64;

  private final byte[] bytes;
  private final int end;
  private int position;
  private int wireType;
  private int start;
  private int length;
  private long number;

  ProtoReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ProtoReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /** Goes to the next field and gives its number, or 0 at the end. */
  int next() throws MalformedTransactionException {
    if (position == end) {
      return 0;
    }
    long tag = varint();
    wireType = (int) (tag & 7);
    long field = tag >>> 3;
    if (field == 0 || field > 536_870_911) {
      throw new MalformedTransactionException("field number " + field);
    }
    switch (wireType) {
      case VARINT -> number = varint();
      case FIXED_64 -> skip(8);
      case FIXED_32 -> skip(4);
      case LENGTH_DELIMITED -> {
        long size = varint();
        if (size < 0 || size > end - position) {
          throw new MalformedTransactionException("field " + field + " is cut");
        }
        start = position;
        length = (int) size;
        position += length;
      }
      default -> throw new MalformedTransactionException("wire type " + wireType);
    }
    return (int) field;
  }

  long number() throws MalformedTransactionException {
    require(VARINT);
    return number;
  }

  byte[] bytes() throws MalformedTransactionException {
    require(LENGTH_DELIMITED);
    return Arrays.copyOfRange(bytes, start, start + length);
  }

  ProtoReader message() throws MalformedTransactionException {
    require(LENGTH_DELIMITED);
    return new ProtoReader(bytes, start, start + length);
  }

  private void require(int expected) throws MalformedTransactionException {
    if (wireType != expected) {
      throw new MalformedTransactionException("wire type " + wireType + " in place of " + expected);
    }
  }

  private void skip(int count) throws MalformedTransactionException {
    if (count > end - position) {
      throw new MalformedTransactionException("a fixed field is cut");
    }
    position += count;
  }

  private long varint() throws MalformedTransactionException {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
      if (position == end) {
        throw new MalformedTransactionException("a number is cut");
      }
      byte b = bytes[position++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new MalformedTransactionException("a number is too long");
  }
}

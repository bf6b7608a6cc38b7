package io.x0tta6bl4.payment.ton.internal;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a cell from its beginning. Not thread-safe. */
final class Slice {

  private static final int STANDARD_ADDRESS = 0b10;
  private static final int NO_ADDRESS = 0b00;

  private final Cell cell;
  private int bit;
  private int reference;

  Slice(Cell cell) {
    this.cell = cell;
  }

  int remainingBits() {
    return cell.bits() - bit;
  }

  int remainingReferences() {
    return cell.references().size() - reference;
  }

  boolean isEmpty() {
    return remainingBits() == 0 && remainingReferences() == 0;
  }

  /** Reads an unsigned number of at most 63 bits. */
  long number(int bits) throws MalformedCellException {
    need(bits);
    long value = 0;
    for (int i = 0; i < bits; i++) {
      value = (value << 1) | next();
    }
    return value;
  }

  BigInteger bigNumber(int bits) throws MalformedCellException {
    need(bits);
    byte[] bytes = new byte[(bits + 7) / 8 + 1];
    for (int i = 0; i < bits; i++) {
      int place = bytes.length * 8 - bits + i;
      bytes[place / 8] |= (byte) (next() << (7 - place % 8));
    }
    return new BigInteger(bytes);
  }

  /** {@code VarUInteger 16}: the number of bytes in four bits, then the bytes. */
  BigInteger coins() throws MalformedCellException {
    return bigNumber(8 * (int) number(4));
  }

  /** {@code MsgAddress}: a standard address without anycast, or none. */
  @Nullable TonAddress address() throws MalformedCellException {
    int kind = (int) number(2);
    if (kind == NO_ADDRESS) {
      return null;
    }
    if (kind != STANDARD_ADDRESS || number(1) != 0) {
      throw new MalformedCellException("an address of another kind");
    }
    int workchain = (byte) number(8);
    return new TonAddress(workchain, bytes(TonAddress.HASH_LENGTH));
  }

  byte[] bytes(int count) throws MalformedCellException {
    need(8 * count);
    if (bit % 8 == 0) {
      byte[] aligned = Arrays.copyOfRange(cell.data(), bit / 8, bit / 8 + count);
      bit += 8 * count;
      return aligned;
    }
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) number(8);
    }
    return bytes;
  }

  Slice reference() throws MalformedCellException {
    if (remainingReferences() == 0) {
      throw new MalformedCellException("a reference is missing");
    }
    return cell.references().get(reference++).slice();
  }

  private int next() {
    int value = (cell.data()[bit / 8] >> (7 - bit % 8)) & 1;
    bit++;
    return value;
  }

  private void need(int bits) throws MalformedCellException {
    if (bits > remainingBits()) {
      throw new MalformedCellException("cut: " + remainingBits() + " bits where " + bits + " are expected");
    }
  }
}

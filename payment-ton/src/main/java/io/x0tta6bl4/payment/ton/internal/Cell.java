package io.x0tta6bl4.payment.ton.internal;

import java.util.List;

/**
 * Up to 1023 bits and up to four references.
 *
 * @param data the bits, from the highest of the first byte
 * @param bits how many there are
 * @param references the cells that it refers to
 */
@SuppressWarnings("ArrayRecordComponent")
record Cell(byte[] data, int bits, List<Cell> references) {

  Slice slice() {
    return new Slice(this);
  }
}

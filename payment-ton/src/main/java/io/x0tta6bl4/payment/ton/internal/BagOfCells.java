package io.x0tta6bl4.payment.ton.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a bag of cells with one root
 * (<a href="https://docs.ton.org/foundations/serialization/boc">serialisation</a>, {@code serialized_boc#b5ee9c72}).
 * A checksum at the end is not checked: it guards against accidents, which TLS does too.
 */
final class BagOfCells {

  private static final long MAGIC = 0xb5ee9c72L;

  /** A comment or a token transfer has a handful of cells; a message can have no more than 8192. */
  private static final int MAX_CELLS = 8192;

  private static final int MAX_REFERENCES = 4;
  private static final int MAX_BITS = 1023;

  private final byte[] bytes;
  private int position;

  private BagOfCells(byte[] bytes) {
    this.bytes = bytes;
  }

  static Cell root(byte[] bytes) throws MalformedCellException {
    return new BagOfCells(bytes).read();
  }

  private Cell read() throws MalformedCellException {
    if (number(4) != MAGIC) {
      throw new MalformedCellException("no bag of cells");
    }
    int flags = (int) number(1);
    boolean hasIndex = (flags & 0x80) != 0;
    int size = flags & 7;
    int offsetSize = (int) number(1);
    if (size < 1 || size > 4 || offsetSize < 1 || offsetSize > 8) {
      throw new MalformedCellException("sizes " + size + " and " + offsetSize);
    }
    int count = count(number(size));
    long roots = number(size);
    number(size);
    number(offsetSize);
    if (roots != 1) {
      throw new MalformedCellException(roots + " roots, expected one");
    }
    long root = number(size);
    if (hasIndex) {
      skip((long) count * offsetSize);
    }
    return build(parts(count, size), root);
  }

  private List<Part> parts(int count, int size) throws MalformedCellException {
    List<Part> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int descriptor = (int) number(1);
      int references = descriptor & 7;
      if (references > MAX_REFERENCES || (descriptor & 0xf8) != 0) {
        throw new MalformedCellException("a cell that is not ordinary");
      }
      int halves = (int) number(1);
      byte[] data = take((halves + 1) / 2);
      int bits = halves % 2 == 0 ? 4 * halves : bitsBeforeTag(data);
      if (bits > MAX_BITS) {
        throw new MalformedCellException("a cell of " + bits + " bits");
      }
      int[] targets = new int[references];
      for (int j = 0; j < references; j++) {
        long target = number(size);
        // Cells refer to later ones only, so that there is no way round in a circle.
        if (target <= i || target >= count) {
          throw new MalformedCellException("cell " + i + " refers to cell " + target);
        }
        targets[j] = (int) target;
      }
      parts.add(new Part(data, bits, targets));
    }
    return parts;
  }

  /** From the last cell to the first, so that what a cell refers to is there already. */
  private static Cell build(List<Part> parts, long root) throws MalformedCellException {
    if (root >= parts.size()) {
      throw new MalformedCellException("the root is cell " + root + " of " + parts.size());
    }
    Cell[] cells = new Cell[parts.size()];
    for (int i = cells.length - 1; i >= 0; i--) {
      Part part = parts.get(i);
      List<Cell> references = new ArrayList<>(part.targets().length);
      for (int target : part.targets()) {
        references.add(cells[target]);
      }
      cells[i] = new Cell(part.data(), part.bits(), List.copyOf(references));
    }
    return cells[(int) root];
  }

  /** Where the bits do not fill the last byte, a 1 and zeros do. */
  private static int bitsBeforeTag(byte[] data) throws MalformedCellException {
    int last = data[data.length - 1] & 0xff;
    if (last == 0) {
      throw new MalformedCellException("a cell without its end mark");
    }
    return 8 * data.length - 1 - Integer.numberOfTrailingZeros(last);
  }

  private static int count(long cells) throws MalformedCellException {
    if (cells < 1 || cells > MAX_CELLS) {
      throw new MalformedCellException(cells + " cells, expected 1 to " + MAX_CELLS);
    }
    return (int) cells;
  }

  private long number(int size) throws MalformedCellException {
    need(size);
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = (value << 8) | (bytes[position++] & 0xff);
    }
    return value;
  }

  private byte[] take(int count) throws MalformedCellException {
    need(count);
    byte[] part = Arrays.copyOfRange(bytes, position, position + count);
    position += count;
    return part;
  }

  private void skip(long count) throws MalformedCellException {
    need(count);
    position += (int) count;
  }

  private void need(long count) throws MalformedCellException {
    if (count > bytes.length - position) {
      throw new MalformedCellException("the bag of cells is cut");
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Part(byte[] data, int bits, int[] targets) {}
}

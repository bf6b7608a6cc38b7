package io.x0tta6bl4.simulator.ton;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes cells and bags of cells, independently of the code that reads them. Not thread-safe. */
public final class CellWriter {

  private static final int BYTES_OF_A_CELL = 127;

  private final StringBuilder bits = new StringBuilder();
  private final List<CellWriter> references = new ArrayList<>();

  /** Makes an empty cell. */
  public CellWriter() {}

  /** Adds an unsigned number. */
  public CellWriter number(long value, int width) {
    return number(new BigInteger(Long.toUnsignedString(value)), width);
  }

  /** Adds an unsigned number. */
  public CellWriter number(BigInteger value, int width) {
    for (int i = width - 1; i >= 0; i--) {
      bits.append(value.testBit(i) ? '1' : '0');
    }
    return this;
  }

  /** Adds a {@code VarUInteger 16}. */
  public CellWriter coins(BigInteger value) {
    int bytes = (value.bitLength() + 7) / 8;
    return number(bytes, 4).number(value, 8 * bytes);
  }

  /** Adds a raw address, or none. */
  public CellWriter address(@Nullable String raw) {
    if (raw == null) {
      return number(0, 2);
    }
    int colon = raw.indexOf(':');
    number(0b100, 3).number(Integer.parseInt(raw.substring(0, colon)) & 0xff, 8);
    return bytes(HexFormat.of().parseHex(raw.substring(colon + 1)));
  }

  /** Adds bytes. */
  public CellWriter bytes(byte[] bytes) {
    for (byte b : bytes) {
      number(b & 0xff, 8);
    }
    return this;
  }

  /** Adds a reference. */
  public CellWriter reference(CellWriter cell) {
    references.add(cell);
    return this;
  }

  /** Makes a comment; what does not fit goes on in a snake of cells. */
  public static CellWriter comment(byte[] text) {
    return snake(new CellWriter().number(0, 32), text, BYTES_OF_A_CELL - 4);
  }

  /** Makes a comment. */
  public static CellWriter comment(String text) {
    return comment(text.getBytes(StandardCharsets.UTF_8));
  }

  private static CellWriter snake(CellWriter cell, byte[] text, int room) {
    cell.bytes(Arrays.copyOf(text, Math.min(room, text.length)));
    if (text.length > room) {
      cell.reference(snake(new CellWriter(), Arrays.copyOfRange(text, room, text.length), BYTES_OF_A_CELL));
    }
    return cell;
  }

  /** Makes an encrypted comment. */
  public static CellWriter encrypted(byte[] cipher) {
    return new CellWriter().number(0x2167da4bL, 32).bytes(cipher);
  }

  /** Makes a {@code transfer_notification}; the payload in a cell of its own. */
  public static CellWriter notification(
      BigInteger queryId, BigInteger amount, @Nullable String sender, @Nullable CellWriter payload) {
    return new CellWriter().number(0x7362d09cL, 32).number(queryId, 64).coins(amount).address(sender).either(payload);
  }

  /** Makes an {@code internal_transfer}. */
  public static CellWriter internalTransfer(
      BigInteger queryId, BigInteger amount, @Nullable String from, @Nullable CellWriter payload) {
    return new CellWriter()
        .number(0x178d4519L, 32)
        .number(queryId, 64)
        .coins(amount)
        .address(from)
        .address(from)
        .coins(BigInteger.ONE)
        .either(payload);
  }

  /** Makes what comes back of a message. */
  public static CellWriter bounced() {
    return new CellWriter().number(0xffffffffL, 32).number(0, 32);
  }

  private CellWriter either(@Nullable CellWriter payload) {
    return payload == null ? number(0, 1) : number(1, 1).reference(payload);
  }

  /** Gives a bag of cells with this root, in hex. */
  public String hex() {
    return HexFormat.of().formatHex(bag());
  }

  /** Gives a bag of cells with this root. */
  public byte[] bag() {
    List<CellWriter> cells = new ArrayList<>();
    collect(cells);
    int size = cells.size() < 256 ? 1 : 2;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (CellWriter cell : cells) {
      body.write(cell.references.size());
      body.write(cell.bits.length() / 8 + (cell.bits.length() + 7) / 8);
      body.writeBytes(cell.data());
      for (CellWriter reference : cell.references) {
        body.writeBytes(bigEndian(cells.indexOf(reference), size));
      }
    }
    int offsets = body.size() < 256 ? 1 : body.size() < 65_536 ? 2 : 3;
    ByteArrayOutputStream bag = new ByteArrayOutputStream();
    bag.writeBytes(HexFormat.of().parseHex("b5ee9c72"));
    bag.write(size);
    bag.write(offsets);
    bag.writeBytes(bigEndian(cells.size(), size));
    bag.writeBytes(bigEndian(1, size));
    bag.writeBytes(bigEndian(0, size));
    bag.writeBytes(bigEndian(body.size(), offsets));
    bag.writeBytes(bigEndian(0, size));
    bag.writeBytes(body.toByteArray());
    return bag.toByteArray();
  }

  private void collect(List<CellWriter> cells) {
    cells.add(this);
    for (CellWriter reference : references) {
      reference.collect(cells);
    }
  }

  private byte[] data() {
    StringBuilder padded = new StringBuilder(bits);
    if (padded.length() % 8 != 0) {
      padded.append('1');
      while (padded.length() % 8 != 0) {
        padded.append('0');
      }
    }
    byte[] data = new byte[padded.length() / 8];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) Integer.parseInt(padded.substring(8 * i, 8 * i + 8), 2);
    }
    return data;
  }

  private static byte[] bigEndian(int value, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (value >> (8 * (size - 1 - i)));
    }
    return bytes;
  }
}

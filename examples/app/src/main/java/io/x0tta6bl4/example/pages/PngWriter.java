package io.x0tta6bl4.example.pages;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes black and white pictures as PNG (RFC 2083). The JDK's own writer brings the whole desktop module, which the image of the
 * shop is better without.
 */
final class PngWriter {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte ONE_BIT = 1;
  private static final byte GREY = 0;
  private static final int HEADER_BYTES = 13;

  private PngWriter() {}

  /** Tells which points are black. */
  @FunctionalInterface
  interface Picture {

    boolean isBlack(int x, int y);
  }

  static byte[] write(int size, Picture picture) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(SIGNATURE);
    // The last three: deflate, no other filters than the standard's, not interlaced.
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).putInt(size).putInt(size).put(ONE_BIT).put(GREY);
    chunk(png, "IHDR", header.array());
    chunk(png, "IDAT", deflate(rows(size, picture)));
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  /** A filter byte of 0 for none, and then one bit for each point, 1 for white. */
  private static byte[] rows(int size, Picture picture) {
    int rowBytes = 1 + (size + 7) / 8;
    byte[] rows = new byte[rowBytes * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        if (!picture.isBlack(x, y)) {
          rows[y * rowBytes + 1 + x / 8] |= (byte) (0x80 >> x % 8);
        }
      }
    }
    return rows;
  }

  private static byte[] deflate(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] buffer = new byte[4096];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(name);
    png.writeBytes(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }
}

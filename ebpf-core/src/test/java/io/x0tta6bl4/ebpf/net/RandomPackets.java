package io.x0tta6bl4.ebpf.net;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Packets by chance: crafted ones with changes, and bytes without any sense behind a type that has one. */
final class RandomPackets {

  /** Bytes that mean something somewhere. */
  private static final int[] TELLING = {
    0, 1, 2, 4, 5, 6, 17, 41, 43, 44, 47, 50, 51, 53, 58, 59, 60, 132, 135, 0x08, 0x81, 0x86, 0x88, 0xa8, 0xdd, 0x45,
    0x46, 0x4f, 0x50, 0x60, 0xf0, 0xff
  };

  private static final int[] TYPES = {0x0800, 0x86dd, 0x0806, 0x8100, 0x88a8, 0x1234};
  private static final int SHORTEST = 14;
  private static final int LONGEST = 400;

  private final List<byte[]> crafted = CraftedPackets.all();
  private final Random random;

  RandomPackets(long seed) {
    this.random = new Random(seed);
  }

  byte[] next() {
    if (random.nextInt(8) == 0) {
      return noise();
    }
    byte[] packet = crafted.get(random.nextInt(crafted.size())).clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      packet = changed(packet);
    }
    return packet;
  }

  /** A number below a bound, from the same chance. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  private byte[] noise() {
    byte[] packet = new byte[SHORTEST + random.nextInt(LONGEST)];
    random.nextBytes(packet);
    put(packet, 12, TYPES[random.nextInt(TYPES.length)]);
    if (packet.length > SHORTEST) {
      packet[SHORTEST] = (byte) (random.nextBoolean() ? 0x40 | random.nextInt(16) : 0x60);
    }
    return packet;
  }

  private byte[] changed(byte[] packet) {
    int at = random.nextInt(packet.length);
    switch (random.nextInt(6)) {
      case 0 -> packet[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> packet[at] = (byte) random.nextInt(256);
      case 2 -> packet[at] = (byte) TELLING[random.nextInt(TELLING.length)];
      case 3 -> {
        int port = CraftedPackets.PORTS[random.nextInt(CraftedPackets.PORTS.length)];
        put(packet, Math.min(at, packet.length - 2), port);
      }
      case 4 -> {
        return Arrays.copyOf(packet, Math.max(SHORTEST, at));
      }
      default -> {
        return stretched(packet, at);
      }
    }
    return packet;
  }

  /** Makes room in the middle, so that all behind it moves. */
  private byte[] stretched(byte[] packet, int at) {
    byte[] more = new byte[1 + random.nextInt(24)];
    random.nextBytes(more);
    byte[] longer = Arrays.copyOf(packet, packet.length + more.length);
    System.arraycopy(more, 0, longer, at, more.length);
    System.arraycopy(packet, at, longer, at + more.length, packet.length - at);
    return longer;
  }

  private static void put(byte[] packet, int at, int value) {
    packet[at] = (byte) (value >> 8);
    packet[at + 1] = (byte) value;
  }
}

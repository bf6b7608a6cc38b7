package io.x0tta6bl4.ebpf;

import java.util.Random;

/**
 * Opens and loads an object again and again, each time with bytes changed, and tells how that ended: in a process of its own,
 * since what libbpf makes of a file that lies may be its last.
 */
final class Mutations {

  /** What a test may ask the machine for; the kernel gives a map whatever memory there is. */
  private static final long MOST_MEMORY = 64 << 20;

  private static final int MOST_CHANGES = 4;

  /** A little off, and far off. */
  private static final int[] CHANGES = {0x01, 0x80};

  private final byte[] whole;
  private int opened;
  private int loaded;
  private int refused;

  private Mutations(byte[] whole) {
    this.whole = whole;
  }

  /**
   * Runs.
   *
   * @param arguments the object; {@code each} to open it with each of its bytes changed, or a seed and how many times to load
   *     it with some bytes changed
   */
  public static void main(String[] arguments) {
    Mutations mutations = new Mutations(BundledObject.valueOf(arguments[0]).bytes());
    if (arguments[1].equals("each")) {
      mutations.changeEach();
    } else {
      mutations.changeSome(Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]));
    }
    System.out.println("opened " + mutations.opened);
    System.out.println("loaded " + mutations.loaded);
    System.out.println("refused " + mutations.refused);
  }

  private void changeEach() {
    for (int at = 0; at < whole.length; at++) {
      // Before it is tried: it may be the last word.
      System.out.println("byte " + at);
      for (int change : CHANGES) {
        byte[] bytes = whole.clone();
        bytes[at] ^= (byte) change;
        attempt(bytes, false);
      }
    }
  }

  private void changeSome(long seed, int times) {
    Random random = new Random(seed);
    for (int i = 0; i < times; i++) {
      byte[] bytes = whole.clone();
      StringBuilder changes = new StringBuilder("mutation " + i + ":");
      for (int change = 0; change <= i % MOST_CHANGES; change++) {
        int at = random.nextInt(bytes.length);
        bytes[at] = (byte) random.nextInt(256);
        changes.append(" byte ").append(at).append(" is ").append(bytes[at]);
      }
      System.out.println(changes);
      attempt(bytes, true);
    }
  }

  private void attempt(byte[] bytes, boolean load) {
    try (BpfObject object = BpfObject.open("mutation", bytes)) {
      opened++;
      if (load && object.maps().stream().noneMatch(Mutations::isHuge)) {
        object.load();
        loaded++;
      }
    } catch (BpfException | IllegalArgumentException e) {
      refused++;
    }
  }

  private static boolean isHuge(BpfMap map) {
    long entry = (long) map.keySize() + Integer.toUnsignedLong(map.valueSize()) * BpfMap.possibleCpus();
    return map.keySize() < 0 || entry > MOST_MEMORY / Math.max(1, map.maxEntries());
  }
}

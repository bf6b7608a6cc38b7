package io.x0tta6bl4.ebpf.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import io.x0tta6bl4.ebpf.BpfObjectException;
import io.x0tta6bl4.ebpf.BundledObject;
import io.x0tta6bl4.ebpf.internal.ElfObject.Variable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElfObjectTest {

  private static final long SEED = Long.getLong("elf.seed", 20_260_101L);
  private static final int MUTATIONS = 20_000;

  /** Places in an ELF header and in a section's header. */
  private static final int SECTIONS_AT = 40;

  private static final int SECTION_COUNT = 60;
  private static final int NAMES_SECTION = 62;
  private static final int SECTION_SIZE = 64;
  private static final int TYPE = 4;
  private static final int OFFSET = 24;
  private static final int SIZE = 32;
  private static final int LINK = 40;

  private static final int SYMBOLS = 2;
  private static final int NO_BITS = 8;
  private static final long[] HOSTILE = {
    0, 1, -1, Integer.MAX_VALUE, 1L << 31, 1L << 32, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 63
  };

  private final byte[] file = BundledObject.TC_CLASSIFIER.bytes();
  private final ByteBuffer fields = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);

  @Test
  void findsTheVariablesOfTheClassifier() {
    ElfObject elf = parse(file);
    assertThat(elf.variable("egress")).hasValueSatisfying(v -> isConstantOf(v, 1));
    assertThat(elf.variable("link_header")).hasValueSatisfying(v -> assertThat(v.section()).isEqualTo(".rodata"));
    assertThat(elf.variable("port_class"))
        .hasValueSatisfying(
            v -> {
              assertThat(v.section()).isEqualTo(".bss");
              assertThat(v.size()).isEqualTo(1 << 16);
            });
  }

  @Test
  void findsTheConstantOfTheClassifier() {
    assertThat(parse(BundledObject.TC_CLASSIFIER.bytes()).variable("egress"))
        .hasValueSatisfying(v -> isConstantOf(v, 1));
  }

  @Test
  void takesNeitherAFunctionNorAMadeUpNameForAVariable() {
    ElfObject elf = parse(file);
    assertThat(elf.variable("tc_classifier_prog")).isEmpty();
    assertThat(elf.variable("nothing")).isEmpty();
    assertThat(elf.variable("")).isEmpty();
  }

  @Test
  void refusesWhatIsNoObjectAndSaysWhy() {
    refuses(new byte[0], "it has 0 bytes, an ELF header has 64");
    refuses("#!/bin/sh\n".repeat(20).getBytes(StandardCharsets.US_ASCII), "it does not begin like an ELF file");
    refuses(with(4, 1), "it is not a 64-bit ELF file");
    refuses(with(5, 2), "its byte order is big endian, expected little endian, as of this machine");
    refuses(with(16, 2), "it is not a relocatable BPF object: type 2, machine 247, expected 1 and 247");
    refuses(with(18, 62), "it is not a relocatable BPF object: type 1, machine 62, expected 1 and 247");
    refuses(with(58, 40), "its section headers have 40 bytes, expected 64");
  }

  @Test
  void refusesAFileThatWasCutAnywhere() {
    for (int length = 0; length < file.length; length += 7) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatExceptionOfType(BpfObjectException.class).as("%d bytes", length).isThrownBy(() -> parse(cut));
    }
  }

  @Test
  void aFileWithoutSectionsIsNone() {
    fields.putShort(SECTION_COUNT, (short) 0);
    refuses(file, "its end is missing");
  }

  @ParameterizedTest
  @EnumSource(BundledObject.class)
  void hostileNumbersInSectionHeadersGiveAnObjectOrTheTypedError(BundledObject bundled) {
    byte[] good = bundled.bytes();
    ByteBuffer header = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
    int sections = Math.toIntExact(header.getLong(SECTIONS_AT));
    for (int section = 0; section < header.getShort(SECTION_COUNT); section++) {
      for (int field : new int[] {OFFSET, SIZE}) {
        for (long number : HOSTILE) {
          for (int type : new int[] {-1, 0, SYMBOLS, NO_BITS}) {
            byte[] bad = good.clone();
            ByteBuffer to = ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN);
            to.putLong(sections + section * SECTION_SIZE + field, number);
            if (type >= 0) {
              to.putInt(sections + section * SECTION_SIZE + TYPE, type);
            }
            survives(bad, "section " + section + ", field " + field + " " + number + ", type " + type);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(BundledObject.class)
  void hostileNumbersInSymbolsGiveAnObjectOrTheTypedError(BundledObject bundled) {
    byte[] good = bundled.bytes();
    ByteBuffer from = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
    int symbols = header(from, SYMBOLS);
    int start = Math.toIntExact(from.getLong(symbols + OFFSET));
    int end = start + Math.toIntExact(from.getLong(symbols + SIZE));
    for (int symbol = start; symbol < end; symbol += 24) {
      for (int field : new int[] {8, 16}) {
        for (long number : HOSTILE) {
          byte[] bad = good.clone();
          ByteBuffer to = ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putLong(symbol + field, number);
          survives(bad, "symbol at " + symbol + ", field " + field + " " + number);
          // A section without bytes in the file may be as big as it says.
          to.putLong(homeOf(to, symbol) + SIZE, Long.MAX_VALUE).putInt(homeOf(to, symbol) + TYPE, NO_BITS);
          survives(bad, "symbol at " + symbol + ", field " + field + " " + number + ", home without end");
        }
      }
      byte[] bad = good.clone();
      ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(symbol, -2);
      survives(bad, "symbol at " + symbol + " with a name far away");
    }
  }

  @Test
  void aTableOfNamesMayEndWithoutANul() {
    int symbols = header(fields, SYMBOLS);
    int names = Math.toIntExact(fields.getLong(SECTIONS_AT)) + fields.getInt(symbols + LINK) * SECTION_SIZE;
    int at = Math.toIntExact(fields.getLong(names + OFFSET));
    int text = new String(file, StandardCharsets.ISO_8859_1).indexOf("\0port_class\0", at) - at;
    assertThat(text).isNotNegative();
    // The table ends in the middle of the name.
    fields.putLong(names + SIZE, text + 1L + "port_".length());
    Optional<ElfObject> elf = survives(file, "cut table of names");
    elf.ifPresent(e -> assertThat(e.variable("port_class")).isEmpty());
  }

  @Test
  void aMissingTableOfSectionNamesIsTheTypedError() {
    fields.putShort(NAMES_SECTION, (short) 0xffff);
    refuses(file, "it has no table of names");
  }

  @Test
  void twentyThousandMutationsGiveAnObjectOrTheTypedError() {
    Random random = new Random(SEED);
    byte[][] bundled = {BundledObject.XDP_COUNTER.bytes(), BundledObject.TC_CLASSIFIER.bytes()};
    int objects = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = mutated(bundled[random.nextInt(bundled.length)].clone(), random);
      objects += survives(mutated, "seed " + SEED + ", mutation " + i).isPresent() ? 1 : 0;
    }
    assertThat(objects).as("mutations that left an object").isBetween(MUTATIONS / 10, MUTATIONS * 9 / 10);
  }

  /** Changes where the file speaks of itself: headers, symbols, names. */
  private static byte[] mutated(byte[] bytes, Random random) {
    ByteBuffer to = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int sections = Math.toIntExact(to.getLong(SECTIONS_AT));
    int symbols = Math.toIntExact(to.getLong(header(to, SYMBOLS) + OFFSET));
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int start =
          switch (random.nextInt(4)) {
            case 0 -> 16;
            case 1 -> symbols;
            default -> sections;
          };
      int at = start + random.nextInt(Math.min(start == 16 ? 48 : 800, bytes.length - start));
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> to.putLong(Math.min(at & ~7, bytes.length - 8), HOSTILE[random.nextInt(HOSTILE.length)]);
        default -> to.putInt(Math.min(at & ~3, bytes.length - 4), (int) HOSTILE[random.nextInt(HOSTILE.length)]);
      }
    }
    return random.nextInt(20) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static Optional<ElfObject> survives(byte[] bytes, String what) {
    try {
      return Optional.of(parse(bytes));
    } catch (BpfObjectException e) {
      assertThat(e).hasMessageStartingWith("'test' is not a BPF object: ");
      return Optional.empty();
    } catch (RuntimeException e) {
      return fail(what + ", " + HexFormat.of().formatHex(bytes), e);
    }
  }

  private static int header(ByteBuffer elf, int type) {
    int header = Math.toIntExact(elf.getLong(SECTIONS_AT));
    while (elf.getInt(header + TYPE) != type) {
      header += SECTION_SIZE;
    }
    return header;
  }

  private static int homeOf(ByteBuffer elf, int symbol) {
    int home = Short.toUnsignedInt(elf.getShort(symbol + 6));
    int known = home < elf.getShort(SECTION_COUNT) ? home : 0;
    return Math.toIntExact(elf.getLong(SECTIONS_AT)) + known * SECTION_SIZE;
  }

  private byte[] with(int at, int value) {
    byte[] changed = file.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static void isConstantOf(Variable variable, int size) {
    assertThat(variable.section()).isEqualTo(".rodata");
    assertThat(variable.size()).isEqualTo(size);
  }

  private static void refuses(byte[] bytes, String problem) {
    assertThatExceptionOfType(BpfObjectException.class)
        .isThrownBy(() -> parse(bytes))
        .withMessage("'test' is not a BPF object: " + problem);
  }

  private static ElfObject parse(byte[] bytes) {
    return ElfObject.parse(bytes, "'test'");
  }
}

package io.x0tta6bl4.ebpf.net;

import io.x0tta6bl4.ebpf.BpfObject;
import java.util.function.Function;

/** Makes something of an object that closes it later, or closes it now if that fails. */
final class ClosedOnFailure {

  private ClosedOnFailure() {}

  static <T> T use(BpfObject object, Function<BpfObject, T> maker) {
    try {
      return maker.apply(object);
    } catch (RuntimeException | Error e) {
      try {
        object.close();
      } catch (RuntimeException onClose) {
        e.addSuppressed(onClose);
      }
      throw e;
    }
  }
}

package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.internal.Lifetime;

/** Whose life a map has. */
abstract sealed class MapOwner permits BpfObject, PinnedMap {

  /** The time of a call; an {@link IllegalStateException} once the owner is closed. */
  abstract Lifetime.Use use();

  abstract void requireOpen();

  abstract void requireLoaded();

  /** Closes with itself what was not closed before. */
  abstract void own(AutoCloseable part);

  /** Forgets what was closed before it. */
  abstract void disown(AutoCloseable part);
}

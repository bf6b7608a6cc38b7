package io.x0tta6bl4.telegram.internal.store;

class VolatileMemoryTest extends MemoryContract {

  @Override
  Memory memory() {
    return Memory.volatileOne();
  }
}

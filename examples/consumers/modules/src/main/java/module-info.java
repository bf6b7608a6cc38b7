/** Everything together, on the module path. */
module org.example.modules {
  requires io.x0tta6bl4.ebpf;
  requires io.x0tta6bl4.payment;
  requires io.x0tta6bl4.telegram;

  // Found by what they provide: nothing here names a type of theirs.
  requires io.x0tta6bl4.payment.ton;
  requires io.x0tta6bl4.payment.tron;
}

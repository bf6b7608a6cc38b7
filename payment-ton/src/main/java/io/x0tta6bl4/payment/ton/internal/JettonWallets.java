package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.http.Deadline;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Which wallet a master derives for an owner: asked once and kept, since it never changes. Thread-safe. */
final class JettonWallets {

  private final TonApi api;
  private final ConcurrentMap<Account, TonAddress> known = new ConcurrentHashMap<>();

  JettonWallets(TonApi api) {
    this.api = api;
  }

  TonAddress of(TonAddress master, TonAddress owner, Deadline deadline) {
    Account account = new Account(master, owner);
    TonAddress wallet = known.get(account);
    if (wallet == null) {
      wallet = api.jettonWallet(master, owner, deadline);
      known.put(account, wallet);
    }
    return wallet;
  }

  private record Account(TonAddress master, TonAddress owner) {}
}

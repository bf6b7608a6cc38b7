package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.spi.TransferSource;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The sources of a shop by their chain. Immutable and thread-safe. */
public final class Sources {

  private final Map<String, TransferSource> byChain = new TreeMap<>();

  /**
   * Takes sources.
   *
   * @param sources one for each chain
   * @throws IllegalArgumentException if there are two of one chain
   */
  public Sources(Collection<TransferSource> sources) {
    for (TransferSource source : sources) {
      if (byChain.put(source.chain(), source) != null) {
        throw new IllegalArgumentException("two sources of the chain " + source.chain() + ": expected one");
      }
    }
  }

  /**
   * Gives the chains.
   *
   * @return their ids
   */
  public Set<String> chains() {
    return Collections.unmodifiableSet(byChain.keySet());
  }

  /**
   * Gives the source of a chain.
   *
   * @param chain the chain's id
   * @return its source
   * @throws IllegalArgumentException if there is none
   */
  public TransferSource of(String chain) {
    return find(chain)
        .orElseThrow(
            () -> new IllegalArgumentException("chain '" + chain + "': expected one of " + byChain.keySet()));
  }

  /**
   * Gives the source of a chain.
   *
   * @param chain the chain's id
   * @return its source, if there is one
   */
  public Optional<TransferSource> find(String chain) {
    return Optional.ofNullable(byChain.get(chain));
  }
}

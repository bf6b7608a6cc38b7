package io.x0tta6bl4.telegram.internal.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** {@link Duties} in memory. */
final class VolatileDuties implements Duties {

  private record Lease(String owner, Instant until) {}

  private final Map<String, Lease> leases = new HashMap<>();
  private final Set<String> episodes = new HashSet<>();

  @Override
  public synchronized boolean lease(String duty, String owner, Instant now, Instant until) {
    Lease lease = leases.get(duty);
    if (lease != null && !lease.owner.equals(owner) && lease.until.isAfter(now)) {
      return false;
    }
    leases.put(duty, new Lease(owner, until));
    return true;
  }

  @Override
  public synchronized void release(String duty, String owner) {
    Lease lease = leases.get(duty);
    if (lease != null && lease.owner.equals(owner)) {
      leases.remove(duty);
    }
  }

  @Override
  public synchronized boolean begin(String topic, Instant now) {
    return episodes.add(topic);
  }

  @Override
  public synchronized boolean end(String topic) {
    return episodes.remove(topic);
  }
}

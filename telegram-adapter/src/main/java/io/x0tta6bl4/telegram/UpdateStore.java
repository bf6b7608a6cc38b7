package io.x0tta6bl4.telegram;

import io.x0tta6bl4.telegram.internal.store.Database;
import io.x0tta6bl4.telegram.internal.store.Memory;
import io.x0tta6bl4.telegram.internal.store.Schema;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import javax.sql.DataSource;

/**
 * What a bot remembers: the updates that came in, each once by bot and update id; which chat an order belongs to; the messages
 * that chats are to show; what the operator was told. Thread-safe; several bots and several processes may share a database.
 *
 * <p>In a database it lives in tables of its own, whose names begin with {@code x0_tg_}, which it makes and brings up to date by
 * itself; it may be the ledger's database or another. PostgreSQL 15 or newer, or H2 2.4 (for which it sets
 * {@code WRITE_DELAY} to 0, for the whole database). The driver is the caller's to bring. Connections come from the
 * {@link DataSource}, one at a time for each call, and go back as they came; let it be a pool.
 *
 * @since 0.1.0
 */
public final class UpdateStore {

  private final LongFunction<Memory> source;
  private final Map<Long, Memory> memories = new ConcurrentHashMap<>();

  private UpdateStore(LongFunction<Memory> source) {
    this.source = source;
  }

  /**
   * Makes a store that ends with the process, for tests.
   *
   * @return the store
   */
  public static UpdateStore inMemory() {
    return new UpdateStore(botId -> Memory.volatileOne());
  }

  /**
   * Opens the store of a database, with its tables made or brought up to date.
   *
   * @param dataSource of connections; not closed by this
   * @return the store
   * @throws StoreException if the database cannot be reached, or the tables cannot be made
   * @throws IllegalArgumentException if it is no database of those named above
   * @throws IllegalStateException if a newer version of this library made the tables
   */
  public static UpdateStore jdbc(DataSource dataSource) {
    Database database = new Database(dataSource);
    Schema.bringUpToDate(database);
    return new UpdateStore(database::memory);
  }

  Memory of(long botId) {
    return memories.computeIfAbsent(botId, source::apply);
  }
}

package io.x0tta6bl4.telegram;

/**
 * Something that happened in a chat, as Telegram wrote it. Immutable and thread-safe.
 *
 * @param id its number, the same at every delivery
 * @param json one JSON object
 * @since 0.1.0
 */
public record RawUpdate(long id, String json) {}

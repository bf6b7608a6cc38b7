package io.x0tta6bl4.telegram;

/**
 * Who the bot is. Immutable and thread-safe.
 *
 * @param id its number
 * @param username its name in links, without the {@code @}
 * @since 0.1.0
 */
public record BotUser(long id, String username) {}

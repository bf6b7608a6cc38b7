package io.x0tta6bl4.telegram.internal.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Something that happened in a chat, as far as a shop's bot cares. */
public sealed interface Update {

  /** The kinds that the bot asks for. */
  List<String> KINDS = List.of("message", "callback_query", "my_chat_member");

  /**
   * Gives the number.
   *
   * @return the update's id
   */
  long id();

  /**
   * Gives whose turn it is: updates of one queue are worked on one after another.
   *
   * @return the chat, or where there is none the user
   */
  long queue();

  /**
   * Somebody wrote.
   *
   * @param id the update
   * @param chatId where
   * @param isPrivate whether nobody else reads it
   * @param language of the user's program, for instance {@code ru} or {@code pt-br}; possibly empty
   * @param text what; possibly empty
   */
  record Text(long id, long chatId, boolean isPrivate, String language, String text) implements Update {
    @Override
    public long queue() {
      return chatId;
    }
  }

  /**
   * Somebody pressed a button.
   *
   * @param id the update
   * @param queryId by which the press is answered
   * @param chatId where
   * @param language of the user's program
   * @param data what the button tells
   */
  record Press(long id, String queryId, long chatId, String language, String data) implements Update {
    @Override
    public long queue() {
      return chatId;
    }
  }

  /**
   * The bot was let in or thrown out.
   *
   * @param id the update
   * @param chatId where
   * @param isIn whether it may write
   */
  record Membership(long id, long chatId, boolean isIn) implements Update {
    @Override
    public long queue() {
      return chatId;
    }
  }

  /**
   * Anything else.
   *
   * @param id the update
   */
  record Other(long id) implements Update {
    @Override
    public long queue() {
      return 0;
    }
  }

  /** What a member's status is where the bot may not write. */
  Set<String> OUT = Set.of("kicked", "left");

  /**
   * Tells whether something is an update at all.
   *
   * @param root JSON
   * @return {@code true} if it is an object with a whole number {@code update_id}
   */
  static boolean isOne(JsonNode root) {
    JsonNode id = root.path("update_id");
    return root.isObject() && id.isIntegralNumber() && id.canConvertToLong();
  }

  /**
   * Reads an update. What is missing or of another type makes it {@link Other}, for nobody is served by an exception.
   *
   * @param root an update by {@link #isOne}
   * @return what happened
   */
  static Update of(JsonNode root) {
    long id = root.path("update_id").longValue();
    JsonNode message = root.path("message");
    JsonNode query = root.path("callback_query");
    JsonNode member = root.path("my_chat_member");
    if (isChat(message)) {
      String text = message.path("text").isTextual() ? message.path("text").textValue() : "";
      boolean isPrivate = message.path("chat").path("type").asText("").equals("private");
      return new Text(id, chat(message), isPrivate, language(message), text);
    }
    if (query.path("id").isTextual() && query.path("data").isTextual() && isChat(query.path("message"))) {
      return new Press(
          id, query.path("id").textValue(), chat(query.path("message")), language(query), query.path("data").textValue());
    }
    if (isChat(member) && member.path("new_chat_member").path("status").isTextual()) {
      return new Membership(id, chat(member), !OUT.contains(member.path("new_chat_member").path("status").textValue()));
    }
    return new Other(id);
  }

  private static boolean isChat(JsonNode message) {
    JsonNode id = message.path("chat").path("id");
    return id.isIntegralNumber() && id.canConvertToLong();
  }

  private static long chat(JsonNode message) {
    return message.path("chat").path("id").longValue();
  }

  private static String language(JsonNode holder) {
    return holder.path("from").path("language_code").asText("");
  }
}

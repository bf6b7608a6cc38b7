package io.x0tta6bl4.telegram.internal.send;

/** The names of posts. An order id has no slash, so that a name is told apart from any other. */
public final class Keys {

  private Keys() {}

  /**
   * Names the status message of an order.
   *
   * @param orderId which
   * @return the name
   */
  public static String status(String orderId) {
    return "status/" + orderId;
  }

  /**
   * Names the message for the end of an order.
   *
   * @param orderId which
   * @param number of the event that it tells
   * @return the name
   */
  public static String bell(String orderId, long number) {
    return "bell/" + orderId + "/" + number;
  }

  /**
   * Names the QR code of an order.
   *
   * @param orderId which
   * @return the name
   */
  public static String photo(String orderId) {
    return "photo/" + orderId;
  }

  /**
   * Names the QR code for the rest of an order of which a part was paid.
   *
   * @param orderId which
   * @param version of the order that it is for
   * @return the name
   */
  public static String photo(String orderId, long version) {
    return photo(orderId) + "/" + version;
  }

  /**
   * Names the answer to a chat, of which there is one at a time.
   *
   * @param chatId which
   * @return the name
   */
  public static String reply(long chatId) {
    return "reply/" + chatId;
  }

  /**
   * Names a message to the operator.
   *
   * @param topic what it is about
   * @return the name, cut to fit
   */
  public static String alert(String topic) {
    String key = "alert/" + topic;
    return key.length() <= 200 ? key : key.substring(0, 160) + Integer.toHexString(key.hashCode());
  }

  static String statusOfBell(String bell) {
    String[] parts = bell.split("/", -1);
    return status(parts[1]);
  }
}

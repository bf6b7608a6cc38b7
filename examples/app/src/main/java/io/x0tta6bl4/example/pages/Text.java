package io.x0tta6bl4.example.pages;

/** The words of the checkout page in each language; {@code {}} stands for a value. */
enum Text {
  TITLE("Payment of order {}", "Оплата заказа {}"),
  ORDER("Order {}", "Заказ {}"),
  AMOUNT("Amount", "Сумма"),
  MISSING("Still missing", "Осталось доплатить"),
  NETWORK("Network", "Сеть"),
  ONLY_NETWORK("Send {} only. Anything else will not arrive.", "Отправляйте только {}. Всё остальное не дойдёт."),
  ADDRESS("Address", "Адрес"),
  MEMO("Memo (comment)", "Комментарий (memo)"),
  MEMO_NEEDED(
      "Without this memo the payment cannot be matched to your order.",
      "Без этого комментария платёж не будет найден."),
  EXACT_AMOUNT(
      "Pay exactly this amount: your order is recognised by it.",
      "Переведите ровно эту сумму: по ней находится ваш заказ."),
  COPY("Copy", "Копировать"),
  COPIED("Copied", "Скопировано"),
  COPY_AMOUNT("Copy the amount", "Скопировать сумму"),
  COPY_ADDRESS("Copy the address", "Скопировать адрес"),
  COPY_MEMO("Copy the memo", "Скопировать комментарий"),
  QR_ALL("The code holds the address, the amount and the memo.", "В коде адрес, сумма и комментарий."),
  QR_ADDRESS(
      "The code holds the address only: enter the amount and the memo yourself.",
      "В коде только адрес: сумму и комментарий введите сами."),
  QR_LABEL("QR code to pay with", "QR-код для оплаты"),
  OPEN_WALLET("Open in the wallet", "Открыть в кошельке"),
  OPEN_CHAT("Follow in Telegram", "Следить в Telegram"),
  TIME_LEFT("Time left", "Осталось времени"),
  PAY_UNTIL("Pay until {} UTC", "Оплатите до {} UTC"),
  PAYMENTS("Payments", "Платежи"),
  RELOAD("Reload this page to see your payment.", "Обновите страницу, чтобы увидеть оплату."),
  LIVE("This page changes by itself.", "Страница обновляется сама."),
  OFFLINE("The connection is lost; trying again.", "Нет связи, пробуем снова."),
  WAITING("Waiting for your payment", "Ждём вашу оплату"),
  SEEN("Your payment was seen and is being confirmed", "Платёж замечен и подтверждается"),
  PARTLY_PAID("A part has arrived, the rest is missing", "Пришла часть суммы, не хватает остатка"),
  TOO_MUCH("More has arrived than was asked; the shop will write to you", "Пришло больше, чем нужно; магазин с вами свяжется"),
  PAID("Paid. Thank you!", "Оплачено. Спасибо!"),
  EXPIRED("The time to pay is over", "Время оплаты истекло"),
  CANCELLED("The order was called off", "Заказ отменён"),
  EXPIRED_HELP(
      "If you have paid all the same, write to the shop: give the order's number and the transaction.",
      "Если вы всё же заплатили, напишите в магазин: укажите номер заказа и транзакцию."),
  REFUSED("The last transfer does not count: {}", "Последний перевод не засчитан: {}"),
  UNDERPAID("it was too little", "слишком маленькая сумма"),
  OVERPAID("it was too much", "слишком большая сумма"),
  NO_MEMO("it had no readable memo", "без читаемого комментария"),
  OTHER_REASON("it does not fit the order", "он не подходит к заказу"),
  SURPLUS("paid again, not counted", "лишний платёж, не засчитан"),
  LATE("came too late", "пришёл поздно"),
  COUNTED("counted", "засчитан"),
  NOT_FOUND_TITLE("There is no such order", "Такого заказа нет"),
  NOT_FOUND_HELP("Please use the link that the shop gave you.", "Откройте ссылку, которую дал магазин.");

  private final String english;
  private final String russian;

  Text(String english, String russian) {
    this.english = english;
    this.russian = russian;
  }

  String in(Language language) {
    return language == Language.RU ? russian : english;
  }

  String in(Language language, String value) {
    return in(language).replace("{}", value);
  }
}

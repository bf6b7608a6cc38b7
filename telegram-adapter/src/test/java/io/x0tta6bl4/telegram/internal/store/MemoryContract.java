package io.x0tta6bl4.telegram.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.telegram.Button;
import io.x0tta6bl4.telegram.MessageText;
import io.x0tta6bl4.telegram.internal.store.Buyers.Buyer;
import io.x0tta6bl4.telegram.internal.store.Post.Draft;
import io.x0tta6bl4.telegram.internal.store.Post.Kind;
import io.x0tta6bl4.telegram.internal.store.Post.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every memory of a bot does, wherever it lives. */
abstract class MemoryContract {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Updates updates;
  private Posts posts;
  private Buyers buyers;
  private Duties duties;

  /** Gives an empty memory. */
  abstract Memory memory();

  @BeforeEach
  void open() {
    Memory memory = memory();
    updates = memory.updates();
    posts = memory.posts();
    buyers = memory.buyers();
    duties = memory.duties();
  }

  private static Instant at(int seconds) {
    return NOW.plusSeconds(seconds);
  }

  private List<Long> take(int second) {
    return updates.take(at(second), at(second + 60), 10).stream().map(Updates.Taken::id).toList();
  }

  private static Draft draft(String key, long chat, Kind kind, String text, long version) {
    return new Draft(key, chat, kind, MessageText.of(text), version, Post.NO_CAUSE);
  }

  private List<String> due(int second) {
    return posts.due(at(second), 10).stream().map(Post::key).toList();
  }

  private Post claimed(String key) {
    Post post = posts.find(key).orElseThrow();
    assertThat(posts.claim(post)).as("claim of %s", key).isTrue();
    return post;
  }

  private State state(String key) {
    return posts.find(key).orElseThrow().state();
  }

  @Test
  void keepsAnUpdateOnce() {
    assertThat(updates.add(7, "{}", 1, NOW)).isTrue();
    assertThat(updates.add(7, "{}", 1, NOW)).isFalse();
    updates.done(7);
    assertThat(updates.add(7, "{}", 1, NOW)).as("after it was worked on").isFalse();
  }

  @Test
  void keepsAnUpdateWithASmallerNumberThanTheLast() {
    assertThat(updates.add(900, "{}", 1, NOW)).isTrue();
    assertThat(updates.add(3, "{}", 1, NOW)).isTrue();
    assertThat(take(0)).containsExactly(900L);
  }

  @Test
  void lendsTheFirstOfEachQueue() {
    updates.add(1, "{\"a\":1}", 10, NOW);
    updates.add(2, "{}", 10, NOW);
    updates.add(3, "{}", 20, NOW);
    assertThat(updates.take(NOW, at(60), 10))
        .containsExactly(new Updates.Taken(1, "{\"a\":1}", 0, NOW), new Updates.Taken(3, "{}", 0, NOW));
    assertThat(take(1)).isEmpty();
    updates.done(1);
    assertThat(take(2)).containsExactly(2L);
  }

  @Test
  void lendsAnUpdateAgainThatNobodyGaveBack() {
    updates.add(1, "{}", 10, NOW);
    assertThat(take(0)).containsExactly(1L);
    assertThat(take(59)).isEmpty();
    assertThat(take(60)).containsExactly(1L);
  }

  @Test
  void aFailedUpdateHoldsUpItsQueueUntilItIsSetAside() {
    updates.add(1, "{}", 10, NOW);
    updates.add(2, "{}", 10, NOW);
    take(0);
    updates.failed(1, at(5));
    assertThat(take(4)).isEmpty();
    assertThat(updates.take(at(5), at(60), 10)).extracting(Updates.Taken::attempts).containsExactly(1);
    updates.setAside(1);
    assertThat(take(6)).containsExactly(2L);
    assertThat(updates.add(1, "{}", 10, NOW)).isFalse();
  }

  @Test
  void forgetsOldNumbersOnly() {
    updates.add(1, "{}", 10, NOW);
    updates.add(2, "{}", 20, at(100));
    updates.add(3, "{}", 30, NOW);
    updates.done(1);
    updates.done(2);
    assertThat(updates.purge(at(50))).isEqualTo(1);
    assertThat(updates.add(1, "{}", 10, NOW)).isTrue();
    assertThat(updates.add(2, "{}", 20, NOW)).isFalse();
    assertThat(updates.add(3, "{}", 30, NOW)).as("not worked on yet").isFalse();
  }

  @Test
  void anOrderBelongsToTheFirstChatThatAsks() {
    Buyer first = new Buyer("ORD-1", 10, "ru");
    assertThat(buyers.bind(first, NOW)).isEqualTo(first);
    assertThat(buyers.bind(new Buyer("ORD-1", 20, "en"), NOW)).isEqualTo(first);
    assertThat(buyers.find("ORD-1")).contains(first);
    assertThat(buyers.find("ORD-2")).isEmpty();
  }

  @Test
  void listsTheOrdersOfAChatTheNewestFirst() {
    buyers.bind(new Buyer("ORD-1", 10, "ru"), NOW);
    buyers.bind(new Buyer("ORD-2", 10, "ru"), NOW);
    buyers.bind(new Buyer("ORD-3", 20, "ru"), NOW);
    buyers.bind(new Buyer("ORD-4", 10, "ru"), NOW);
    assertThat(buyers.orders(10, 2)).containsExactly("ORD-4", "ORD-2");
    assertThat(buyers.orders(30, 2)).isEmpty();
  }

  @Test
  void aDutyIsOneOwnersUntilItsTimeIsOver() {
    assertThat(duties.lease("sender", "a", NOW, at(30))).isTrue();
    assertThat(duties.lease("sender", "b", at(10), at(40))).isFalse();
    assertThat(duties.lease("sender", "a", at(20), at(50))).isTrue();
    assertThat(duties.lease("sender", "b", at(49), at(80))).isFalse();
    assertThat(duties.lease("sender", "b", at(50), at(80))).isTrue();
    duties.release("sender", "a");
    assertThat(duties.lease("sender", "a", at(60), at(80))).isFalse();
    duties.release("sender", "b");
    assertThat(duties.lease("sender", "a", at(60), at(80))).isTrue();
  }

  @Test
  void anEpisodeBeginsOnceAndEndsOnce() {
    assertThat(duties.begin("webhook", NOW)).isTrue();
    assertThat(duties.begin("webhook", at(1))).isFalse();
    assertThat(duties.end("webhook")).isTrue();
    assertThat(duties.end("webhook")).isFalse();
    assertThat(duties.begin("webhook", at(2))).isTrue();
  }

  @Test
  void keepsTextAndButtonsAsTheyAre() {
    MessageText text =
        new MessageText(
            "<b>Заказ</b> ☂ 'x'",
            List.of(
                List.of(Button.telling("Проверить", "c:1"), Button.telling("x", "y")),
                List.of(Button.opening("Wallet", URI.create("https://a.example/b?c=d")))));
    posts.put(new Draft("status/A", 10, Kind.STATUS, text, 0, Post.NO_CAUSE), NOW);
    assertThat(posts.find("status/A"))
        .contains(new Post("status/A", 10, Kind.STATUS, text, 1, null, State.WAITING, 0, 0, NOW));
    assertThat(posts.find("status/B")).isEmpty();
  }

  @Test
  void whatRingsGoesFirstThenWhatWaitsLongest() {
    posts.put(draft("status/A", 10, Kind.STATUS, "x", 0), NOW);
    posts.shown(claimed("status/A"), 5);
    posts.put(draft("status/A", 10, Kind.STATUS, "y", 1), at(1));
    posts.put(draft("photo/B", 20, Kind.PHOTO, "x", 0), at(2));
    posts.put(draft("bell/C", 30, Kind.BELL, "x", 0), at(4));
    posts.put(draft("bell/D", 40, Kind.BELL, "x", 0), at(3));
    assertThat(due(5)).containsExactly("bell/D", "bell/C", "status/A", "photo/B");
    assertThat(posts.due(at(5), 2)).extracting(Post::key).containsExactly("bell/D", "bell/C");
  }

  @Test
  void listsOneOfAChatAndNoneOfAChatThatIsBeingServed() {
    posts.put(draft("bell/A", 10, Kind.BELL, "x", 0), NOW);
    posts.put(draft("bell/B", 10, Kind.BELL, "x", 0), NOW);
    assertThat(due(0)).containsExactly("bell/A");
    Post claimed = claimed("bell/A");
    assertThat(due(0)).isEmpty();
    posts.shown(claimed, 1);
    assertThat(due(0)).containsExactly("bell/B");
  }

  @Test
  void onlyTheTextThatWasListedIsClaimedAndOnlyOnce() {
    posts.put(draft("status/A", 10, Kind.STATUS, "x", 0), NOW);
    Post before = posts.find("status/A").orElseThrow();
    posts.put(draft("status/A", 10, Kind.STATUS, "y", 1), NOW);
    assertThat(posts.claim(before)).isFalse();
    Post after = posts.find("status/A").orElseThrow();
    assertThat(posts.claim(after)).isTrue();
    assertThat(posts.claim(after)).isFalse();
    assertThat(posts.sending()).extracting(Post::key).containsExactly("status/A");
  }

  @Test
  void editsAreCoalescedAndKeepTheirPlace() {
    posts.put(draft("status/A", 10, Kind.STATUS, "x", 0), NOW);
    posts.put(draft("status/B", 20, Kind.STATUS, "x", 0), at(1));
    posts.put(draft("status/A", 10, Kind.STATUS, "y", 1), at(2));
    posts.put(draft("status/A", 10, Kind.STATUS, "z", 2), at(3));
    assertThat(due(4)).containsExactly("status/A", "status/B");
    assertThat(posts.find("status/A").orElseThrow())
        .satisfies(post -> assertThat(post.text().html()).isEqualTo("z"))
        .satisfies(post -> assertThat(post.wantedAt()).isEqualTo(NOW));
  }

  @Test
  void whatChangesWhileItIsSentIsSentAgain() {
    posts.put(draft("status/A", 10, Kind.STATUS, "x", 0), NOW);
    Post sent = claimed("status/A");
    posts.put(draft("status/A", 10, Kind.STATUS, "y", 1), at(1));
    assertThat(due(2)).isEmpty();
    posts.shown(sent, 77);
    assertThat(posts.due(at(2), 10)).extracting(Post::messageId).containsExactly(77L);
    posts.shown(claimed("status/A"), 77);
    assertThat(state("status/A")).isEqualTo(State.SHOWN);
    assertThat(due(2)).isEmpty();
  }

  @Test
  void neitherTheSameNorAnOlderVersionChangesAnything() {
    posts.put(draft("status/A", 10, Kind.STATUS, "x", 3), NOW);
    posts.shown(claimed("status/A"), 77);
    posts.put(draft("status/A", 10, Kind.STATUS, "x", 4), NOW);
    posts.put(draft("status/A", 10, Kind.STATUS, "old", 2), NOW);
    assertThat(state("status/A")).isEqualTo(State.SHOWN);
    assertThat(posts.find("status/A").orElseThrow().text().html()).isEqualTo("x");
  }

  @Test
  void aPostWantedAnewIsANewMessage() {
    posts.put(draft("status/A", 10, Kind.STATUS, "x", 0), NOW);
    posts.shown(claimed("status/A"), 77);
    posts.put(new Draft("status/A", 10, Kind.STATUS, MessageText.of("x"), 0, 77), at(1));
    assertThat(posts.due(at(1), 10)).extracting(Post::messageId).containsExactly((Long) null);
    posts.put(draft("bell/B", 20, Kind.BELL, "x", 0), at(2));
    assertThat(due(2)).as("it rings as a bell does").containsExactly("status/A", "bell/B");
  }

  @Test
  void oneUpdateCausesOneNewMessageHoweverOftenItIsWorkedOn() {
    Draft draft = new Draft("status/A", 10, Kind.STATUS, MessageText.of("x"), 0, 77);
    posts.put(draft, NOW);
    posts.shown(claimed("status/A"), 5);
    posts.put(draft, at(1));
    assertThat(due(1)).isEmpty();
    posts.put(new Draft("status/A", 10, Kind.STATUS, MessageText.of("y"), 0, 77), at(2));
    assertThat(posts.due(at(2), 10)).as("an edit").extracting(Post::messageId).containsExactly(5L);
    posts.shown(claimed("status/A"), 5);
    posts.put(new Draft("status/A", 10, Kind.STATUS, MessageText.of("y"), 0, 78), at(3));
    assertThat(posts.due(at(3), 10)).as("another update").extracting(Post::messageId).containsExactly((Long) null);
  }

  @Test
  void aFailedPostIsTriedAgainAtItsTime() {
    posts.put(draft("bell/A", 10, Kind.BELL, "x", 0), NOW);
    posts.retry(claimed("bell/A"), at(5), 1);
    assertThat(due(4)).isEmpty();
    assertThat(posts.due(at(5), 1)).extracting(Post::attempts).containsExactly(1);
    posts.repeat(claimed("bell/A"), at(9));
    assertThat(posts.due(at(9), 1)).extracting(Post::attempts, Post::repeats).containsExactly(org.assertj.core.groups.Tuple.tuple(2, 1));
  }

  @Test
  void aPostWhoseMessageIsGoneIsSentAnew() {
    posts.put(draft("status/A", 10, Kind.STATUS, "x", 0), NOW);
    posts.shown(claimed("status/A"), 77);
    posts.put(draft("status/A", 10, Kind.STATUS, "y", 1), NOW);
    posts.forgetMessage(claimed("status/A"), at(1));
    assertThat(posts.due(at(1), 1)).extracting(Post::messageId).containsExactly((Long) null);
  }

  @Test
  void whatMayHaveBeenSentIsLeftAloneUntilItIsWantedAnew() {
    posts.put(draft("status/A", 10, Kind.STATUS, "x", 0), NOW);
    posts.leave(claimed("status/A"), State.UNSURE);
    posts.put(draft("status/A", 10, Kind.STATUS, "y", 1), at(1));
    assertThat(due(1)).isEmpty();
    assertThat(state("status/A")).isEqualTo(State.UNSURE);
    posts.put(new Draft("status/A", 10, Kind.STATUS, MessageText.of("y"), 1, 77), at(2));
    assertThat(due(2)).containsExactly("status/A");
  }

  @Test
  void whatTelegramRefusesIsTriedAgainWithAnotherTextOnly() {
    posts.put(draft("status/A", 10, Kind.STATUS, "x", 0), NOW);
    posts.leave(claimed("status/A"), State.REFUSED);
    posts.put(draft("status/A", 10, Kind.STATUS, "x", 0), at(1));
    assertThat(due(1)).isEmpty();
    posts.put(draft("status/A", 10, Kind.STATUS, "y", 1), at(1));
    assertThat(due(1)).containsExactly("status/A");
  }

  @Test
  void aChatIsHeldBackWithoutTheOthers() {
    posts.put(draft("bell/A", 10, Kind.BELL, "x", 0), NOW);
    posts.put(draft("bell/B", 10, Kind.BELL, "x", 0), NOW);
    posts.put(draft("bell/C", 20, Kind.BELL, "x", 0), NOW);
    claimed("bell/A");
    posts.postpone(10, at(30));
    assertThat(due(29)).containsExactly("bell/C");
    assertThat(due(30)).containsExactly("bell/A", "bell/C");
  }

  @Test
  void aParkedChatIsServedWhenItsUserIsBack() {
    posts.put(draft("bell/A", 10, Kind.BELL, "x", 0), NOW);
    posts.put(draft("bell/B", 20, Kind.BELL, "x", 0), NOW);
    claimed("bell/A");
    posts.park(10);
    posts.put(draft("bell/A", 10, Kind.BELL, "y", 1), at(1));
    assertThat(due(2)).containsExactly("bell/B");
    posts.unpark(10, at(3));
    assertThat(due(3)).containsExactlyInAnyOrder("bell/A", "bell/B");
    assertThat(posts.find("bell/A").orElseThrow().text().html()).isEqualTo("y");
  }

  @Test
  void countsWhatWaits() {
    assertThat(posts.backlog(NOW)).isEqualTo(new Posts.Backlog(0, Duration.ZERO));
    posts.put(draft("bell/A", 10, Kind.BELL, "x", 0), NOW);
    posts.put(draft("bell/B", 20, Kind.BELL, "x", 0), at(4));
    assertThat(posts.backlog(at(10))).isEqualTo(new Posts.Backlog(2, Duration.ofSeconds(10)));
    posts.shown(claimed("bell/A"), 1);
    assertThat(posts.backlog(at(10))).isEqualTo(new Posts.Backlog(1, Duration.ofSeconds(6)));
  }
}

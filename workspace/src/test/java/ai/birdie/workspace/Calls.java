package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Calls of the API one after the other, and what the last is to answer: a row of the compatibility
 * table that reads as it is shown. In paths and bodies, {@code {warehouse_id}} and {@code
 * {client_id}} are the workspace's, and {@code {statement_id}} and {@code {session_id}} those of
 * the call before.
 *
 * @param what what is done
 * @param calls each is given the answer before; the first, an empty one
 * @param expected of the last answer
 */
record Calls(String what, List<Step> calls, List<Consumer<Client.Answer>> expected) {
  private static final String AREA = "API";
  private static final String STATEMENTS = "/api/2.0/sql/statements";
  private static final Client.Answer NONE = new Client.Answer(0, Client.JSON.createObjectNode());

  /** One call. */
  interface Step {
    Client.Answer answer(Client client, Client.Answer before);
  }

  /** A GET by the administrator, which is what is done. */
  static Calls get(String path) {
    return calls("GET " + path).thenGet(path);
  }

  /** Calls that follow, under a name. */
  static Calls calls(String what) {
    return new Calls(what, List.of(), List.of());
  }

  /** Executes a statement, with more members of the request, each as {@code name=value}. */
  static Calls execute(String statement, String... members) {
    String what = String.join(" ", members);
    return calls("POST " + STATEMENTS + (what.isEmpty() ? "" : " " + what))
        .thenExecute(statement, members);
  }

  /** The same under another name. */
  Calls called(String name) {
    return new Calls(name, calls, expected);
  }

  Calls thenExecute(String statement, String... members) {
    return then((client, before) ->
        client.execute(client.credentials().adminToken(), statement, body -> put(body, members)));
  }

  Calls thenGet(String path) {
    return thenGetAs(client -> client.credentials().adminToken(), path);
  }

  Calls thenGetAs(Function<Client, String> token, String path) {
    return then((client, before) -> client.get(filled(path, client, before), token.apply(client)));
  }

  Calls thenPost(String path, String body) {
    return then((client, before) ->
        client.post(
            filled(path, client, before),
            client.credentials().adminToken(),
            filled(body, client, before)));
  }

  Calls thenDelete(String path) {
    return then((client, before) ->
        client.delete(filled(path, client, before), client.credentials().adminToken()));
  }

  /** A call without any credential. */
  Calls thenGetOpenly(String path) {
    return then((client, before) -> client.send(HttpRequest.newBuilder(client.uri(path))));
  }

  /** Asks for a token with the service principal's id, and a secret. */
  Calls thenAskForAToken(Function<Client, String> secret, String form) {
    return then((client, before) ->
        client.send(
            HttpRequest.newBuilder(client.uri("/oidc/v1/token"))
                .header("Authorization", "Basic " + basic(client, secret.apply(client)))
                .POST(BodyPublishers.ofString(form))));
  }

  Calls answers(int status) {
    return expecting(
        answer -> assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status));
  }

  /** There is something at that pointer. */
  Calls has(String pointer) {
    return expecting(answer ->
        assertThat(answer.body().at(pointer).isMissingNode())
            .as(pointer + " in " + answer.body())
            .isFalse());
  }

  /** At that pointer is this, as text. */
  Calls has(String pointer, String value) {
    return expecting(answer ->
        assertThat(answer.body().at(pointer).asText())
            .as(pointer + " in " + answer.body())
            .isEqualTo(value));
  }

  Calls lacks(String pointer) {
    return expecting(answer ->
        assertThat(answer.body().at(pointer).isMissingNode())
            .as(pointer + " in " + answer.body())
            .isTrue());
  }

  Compatibility same() {
    return Compatibility.same(AREA, what, this::check);
  }

  Compatibility different(String note) {
    return Compatibility.different(AREA, what, note, this::check);
  }

  /** There is no such path. */
  Compatibility missing(String note) {
    Calls refused = answers(404).has("/error_code", "ENDPOINT_NOT_FOUND");
    return Compatibility.missing(AREA, what, note, refused::check);
  }

  private void check(Client client, String shown) {
    Client.Answer last = NONE;
    for (Step call : calls) {
      last = call.answer(client, last);
    }
    for (Consumer<Client.Answer> each : expected) {
      each.accept(last);
    }
  }

  private Calls then(Step call) {
    return new Calls(what, with(calls, call), expected);
  }

  private Calls expecting(Consumer<Client.Answer> answer) {
    return new Calls(what, calls, with(expected, answer));
  }

  private static <T> List<T> with(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return List.copyOf(longer);
  }

  private static String filled(String text, Client client, Client.Answer before) {
    return text.replace("{warehouse_id}", client.credentials().warehouseId())
        .replace("{client_id}", client.credentials().clientId())
        .replace("{statement_id}", before.id())
        .replace("{session_id}", before.body().path("session_id").asText());
  }

  private static void put(ObjectNode body, String... members) {
    for (String member : members) {
      String[] parts = member.split("=", 2);
      body.put(parts[0], parts[1]);
    }
  }

  private static String basic(Client client, String secret) {
    String pair = client.credentials().clientId() + ":" + secret;
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}

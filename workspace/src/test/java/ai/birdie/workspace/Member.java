package ai.birdie.workspace;

import java.util.List;

/** A principal of a test's own, so that no other test sees what it may. */
record Member(Client client, String name, String token) {

  /** A new user who may use the warehouse, and nothing else. */
  static Member user(Client client, String name, String... groups) {
    var body = Client.JSON.createObjectNode().put("name", name).put("kind", "user");
    List.of(groups).forEach(body.putArray("groups")::add);
    Client.Answer answer =
        client.post("/local/principals", client.credentials().adminToken(), body.toString());
    if (answer.status() != 200) {
      throw new AssertionError(answer.toString());
    }
    return new Member(client, name, answer.body().path("token").asText());
  }

  /** The name as SQL has it. */
  String quoted() {
    return "`" + name + "`";
  }

  Client.Answer run(String statement) {
    return client.execute(token, statement, body -> {});
  }

  /** Runs a statement that is expected to fail for want of a right, and answers the message. */
  String refused(String statement) {
    Client.Answer answer = run(statement);
    if (!answer.sqlState().equals("42501")) {
      throw new AssertionError(statement + " came to " + answer);
    }
    return answer.message();
  }

  /** Runs a statement that is expected to succeed. */
  Client.Answer done(String statement) {
    Client.Answer answer = run(statement);
    if (!answer.state().equals("SUCCEEDED")) {
      throw new AssertionError(statement + " came to " + answer);
    }
    return answer;
  }

  Client.Answer get(String path) {
    return client.get(path, token);
  }
}

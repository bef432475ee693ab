package ai.birdie.workspace.fault;

import java.util.Map;

/** An answer that a fault gives in the workspace's place. */
public record Reply(int status, Map<String, String> headers, String contentType, String body) {
  private static final String JSON = "application/json; charset=utf-8";

  public Reply {
    headers = Map.copyOf(headers);
  }

  static Reply json(int status, String body) {
    return new Reply(status, Map.of(), JSON, body);
  }

  static Reply html(int status, String title) {
    String page =
        "<!doctype html><html><head><title>%s</title></head><body><h1>%s</h1></body></html>"
            .formatted(title, title);
    return new Reply(status, Map.of(), "text/html; charset=utf-8", page);
  }

  static Reply xml(int status, String code, String message) {
    String error =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(code, message);
    return new Reply(status, Map.of(), "application/xml", error);
  }

  static Reply empty(int status) {
    return new Reply(status, Map.of(), JSON, "");
  }

  Reply with(String header, String value) {
    return new Reply(status, Map.of(header, value), contentType, body);
  }
}

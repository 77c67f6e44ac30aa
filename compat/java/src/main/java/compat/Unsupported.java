package compat;

/** Says why the SDK cannot express a call. */
final class Unsupported extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unsupported(String why) {
    super(why);
  }
}

namespace TopicGrpc.Explorer.SignIn;

/// <summary>Where to go after the sign-in. Only paths below the page: a link must not lead to another site.</summary>
internal static class LocalPath
{
    /// <summary>Returns the given path if it is one below the page; otherwise the path of the home view.</summary>
    /// <param name="text">Path relative to the page, such as <c>models/news</c>.</param>
    public static string Of(string? text) =>
        string.IsNullOrEmpty(text)
        || text[0] is '/' or '\\'
        || text.Any(static letter => char.IsControl(letter) || letter == '\\')
        || text.Split('/', '?', '#')[0].Contains(':', StringComparison.Ordinal)
            ? "."
            : text;
}

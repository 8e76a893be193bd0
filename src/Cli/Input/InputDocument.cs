namespace TopicGrpc.Cli.Input;

/// <summary>A document as read from the user's file.</summary>
/// <param name="Id">Its id as given: the id field, the path inside the folder, or the line number counted from 1.</param>
/// <param name="Text">The text; may be empty.</param>
/// <param name="Time">What the time field says; null without one.</param>
/// <param name="Attributes">The other string fields.</param>
internal sealed record InputDocument(
    string Id,
    string Text,
    DateTimeOffset? Time,
    IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The id by which the server keeps it; differs from <see cref="Id"/> where the input gives an id twice.</summary>
    public string Key { get; init; } = Id;

    public static readonly IReadOnlyDictionary<string, string> NoAttributes = new Dictionary<string, string>();
}

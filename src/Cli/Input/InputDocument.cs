namespace TopicGrpc.Cli.Input;

/// <summary>A document read from an input.</summary>
/// <param name="Id">Its id in the input: the id field, the path inside the folder, or the line number counted from 1.</param>
/// <param name="Text">The text; may be empty.</param>
/// <param name="Time">Value of the time field; null without one.</param>
/// <param name="Attributes">The other fields that are text, a number or a Boolean.</param>
internal sealed record InputDocument(
    string Id,
    string Text,
    DateTimeOffset? Time,
    IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>Id on the server; differs from <see cref="Id"/> if the input contains the id more than once.</summary>
    public string Key { get; init; } = Id;

    /// <summary>Value of the embedding field; empty without one.</summary>
    public ReadOnlyMemory<float> Embedding { get; init; }

    /// <summary>Row of a table, counted from 1; null for other inputs.</summary>
    public long? Row { get; init; }

    /// <summary>Line where the record starts, counted from 1; null for a file of a folder and a row of a table.</summary>
    public long? Line { get; init; }

    public static readonly IReadOnlyDictionary<string, string> NoAttributes = new Dictionary<string, string>();
}

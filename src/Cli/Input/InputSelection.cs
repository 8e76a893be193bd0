namespace TopicGrpc.Cli.Input;

/// <summary>Which attributes of an input are read, and embeddings beside it.</summary>
internal sealed record InputSelection
{
    /// <summary>Names of the attributes. Empty: all other fields that can be attributes.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>File in NumPy's format with one embedding per document, in the order of the documents; null for none.</summary>
    public string? Vectors { get; init; }

    /// <summary>Returns the attributes that are read.</summary>
    public IReadOnlyDictionary<string, string> Chosen(IReadOnlyDictionary<string, string> attributes) => Attributes.Count == 0
        ? attributes
        : attributes.Where(pair => Attributes.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal);
}

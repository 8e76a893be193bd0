namespace TopicGrpc.Explorer.Fitting;

/// <summary>A setting of a fit as the contract describes it.</summary>
/// <param name="Section">Sub-model of the contract, such as <c>umap</c>; empty for the settings of BERTopic itself.</param>
/// <param name="Name">Name in the contract, such as <c>n_neighbors</c>.</param>
/// <param name="Kind">Form of the value.</param>
/// <param name="Help">What the contract says about it, with its default.</param>
public sealed record SettingField(string Section, string Name, SettingKind Kind, string Help)
{
    /// <summary>Name with its section, unique.</summary>
    public string Path => Section.Length > 0 ? $"{Section}.{Name}" : Name;

    /// <summary>Smallest value as text; empty for none.</summary>
    public string Min { get; init; } = "";

    /// <summary>Largest value as text; empty for none.</summary>
    public string Max { get; init; } = "";

    /// <summary>Values of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The default as the contract states it; empty if it states none.</summary>
    public string Default { get; init; } = "";

    /// <summary>Most lines or characters in words; empty for other values.</summary>
    public string Most { get; init; } = "";

    /// <summary>The range in words; empty for none.</summary>
    public string Range => (Min, Max) switch
    {
        ({ Length: > 0 }, { Length: > 0 }) => $"{Min} to {Max}",
        ({ Length: > 0 }, _) => $"{Min} or more",
        (_, { Length: > 0 }) => $"at most {Max}",
        _ => Most,
    };
}

namespace TopicGrpc.Engine.Topics.Settings;

/// <summary>
/// Settings for choosing the words of topics; Python <c>representation_model</c>. In a chain, each representation receives the words of the
/// previous one; the first receives the 30 best words by weight.
/// </summary>
public sealed record TopicRepresentations
{
    /// <summary>The best words by weight and no aspects.</summary>
    public static TopicRepresentations None { get; } = new();

    /// <summary>Chain for the main words; empty: the best words by weight. Python: a list, or the entry <c>Main</c>.</summary>
    public IReadOnlyList<TopicRepresentation> Main { get; init; } = [];

    /// <summary>
    /// Chains by name of the aspect, whose words the model keeps in addition to the main words. Python: the other entries of a dict.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TopicRepresentation>> Aspects { get; init; } =
        new Dictionary<string, IReadOnlyList<TopicRepresentation>>();

    /// <summary>Whether any chain is given.</summary>
    internal bool Any => Main.Count + Aspects.Count > 0;

    /// <summary>Whether the training documents are needed.</summary>
    internal bool NeedsDocuments => Steps.Any(step => step.NeedsDocuments);

    private IEnumerable<TopicRepresentation> Steps => Aspects.Values.Append(Main).SelectMany(chain => chain);

    /// <exception cref="ArgumentException">A setting is outside its range, or an aspect has no name.</exception>
    internal TopicRepresentations Validated()
    {
        foreach (TopicRepresentation step in Steps)
        {
            step.Validate();
        }

        return Aspects.Keys.Any(string.IsNullOrWhiteSpace) ? throw new ArgumentException("An aspect has no name.") : this;
    }
}

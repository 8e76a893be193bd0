namespace TopicGrpc.Client.Topics;

/// <summary>Options of topics over time.</summary>
public sealed record TopicsOverTimeOptions
{
    /// <summary>Number of bins of equal width, 1 to 1,000; Python <c>nr_bins</c>. Null: one bin per distinct time.</summary>
    public int? BinCount { get; init; }

    /// <summary>Whether to average the term weights with those of the whole model; Python <c>global_tuning</c>. Default true.</summary>
    public bool GlobalTuning { get; init; } = true;

    /// <summary>
    /// Whether to average the term weights with those of the previous time; Python <c>evolution_tuning</c>. Default true.
    /// </summary>
    public bool EvolutionTuning { get; init; } = true;

    /// <summary>Only these topics; empty for all.</summary>
    public IReadOnlyList<int> TopicIds { get; init; } = [];

    /// <summary>Corpus whose documents the version assigned (<c>Fits.AssignAsync</c>); null for the training documents.</summary>
    public string? Corpus { get; init; }
}

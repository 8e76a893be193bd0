namespace TopicGrpc.Client.Topics;

/// <summary>Options of topics per class.</summary>
public sealed record TopicsPerClassOptions
{
    /// <summary>Whether to average the term weights with those of the whole model; Python <c>global_tuning</c>. Default true.</summary>
    public bool GlobalTuning { get; init; } = true;

    /// <summary>Only these topics; empty for all.</summary>
    public IReadOnlyList<int> TopicIds { get; init; } = [];

    /// <summary>Corpus whose documents the version assigned (<c>Fits.AssignAsync</c>); null for the training documents.</summary>
    public string? Corpus { get; init; }
}

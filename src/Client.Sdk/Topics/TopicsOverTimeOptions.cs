namespace TopicGrpc.Client.Topics;

/// <summary>How topics over time are computed.</summary>
public sealed record TopicsOverTimeOptions
{
    /// <summary>Bins of equal width, 1 to 1000; null: every distinct time by itself. Python <c>nr_bins</c>.</summary>
    public int? BinCount { get; init; }

    /// <summary>Average the words with the topic's words in the whole model. Default true. Python <c>global_tuning</c>.</summary>
    public bool GlobalTuning { get; init; } = true;

    /// <summary>Average the words with the topic's words at the time before. Default true. Python <c>evolution_tuning</c>.</summary>
    public bool EvolutionTuning { get; init; } = true;

    /// <summary>Only these topics; empty: all.</summary>
    public IReadOnlyList<int> TopicIds { get; init; } = [];
}

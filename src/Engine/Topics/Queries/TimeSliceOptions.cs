namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Settings of topics over time; BERTopic's <c>topics_over_time</c>.</summary>
public sealed record TimeSliceOptions
{
    /// <summary>
    /// Number of bins of equal width, 1 or more; null for one slice per distinct time. Python <c>nr_bins</c>. Default null.
    /// </summary>
    public int? BinCount { get; init; }

    /// <summary>Whether to average with the topic's weights in the whole model; Python <c>global_tuning</c>. Default true.</summary>
    public bool GlobalTuning { get; init; } = true;

    /// <summary>Whether to average with the topic's weights at the previous time; Python <c>evolution_tuning</c>. Default true.</summary>
    public bool EvolutionTuning { get; init; } = true;
}

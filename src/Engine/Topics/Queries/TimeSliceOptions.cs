namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Settings of topics over time; BERTopic's <c>topics_over_time</c>.</summary>
public sealed record TimeSliceOptions
{
    /// <summary>Bins of equal width; Python <c>nr_bins</c>. 1 or more. Null: every distinct time by itself. Default null.</summary>
    public int? BinCount { get; init; }

    /// <summary>Average with the topic's weights in the whole model; Python <c>global_tuning</c>. Default true.</summary>
    public bool GlobalTuning { get; init; } = true;

    /// <summary>Average with the topic's weights at the time before; Python <c>evolution_tuning</c>. Default true.</summary>
    public bool EvolutionTuning { get; init; } = true;
}

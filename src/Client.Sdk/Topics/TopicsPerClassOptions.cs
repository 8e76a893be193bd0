namespace TopicGrpc.Client.Topics;

/// <summary>How topics per class are computed.</summary>
public sealed record TopicsPerClassOptions
{
    /// <summary>Average the words with the topic's words in the whole model. Default true. Python <c>global_tuning</c>.</summary>
    public bool GlobalTuning { get; init; } = true;

    /// <summary>Only these topics; empty: all.</summary>
    public IReadOnlyList<int> TopicIds { get; init; } = [];
}

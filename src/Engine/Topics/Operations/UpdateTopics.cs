using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Finds the words of the same topics anew with other settings; BERTopic's <c>update_topics</c>. Settings left out stay
/// as they are, where BERTopic falls back to its defaults and brings stop words back.
/// </summary>
public sealed record UpdateTopics : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "update_topics";

    /// <summary>Word counts; null: as before. Python <c>vectorizer_model</c>.</summary>
    public WordOptions? Words { get; init; }

    /// <summary>Word weights; null: as before. Python <c>ctfidf_model</c>.</summary>
    public ClassTfIdfOptions? Weights { get; init; }

    /// <summary>Words per topic, 1 to 100; null: as before. Python <c>top_n_words</c>.</summary>
    public int? TopWordCount { get; init; }

    private protected override TopicModelState Apply(OperationInput input)
    {
        TopicModelState state = input.Model.State;
        TopicModelOptions options = (state.Options with
        {
            Words = Words ?? state.Options.Words,
            Weights = Weights ?? state.Options.Weights,
            TopWordCount = TopWordCount ?? state.Options.TopWordCount,
        }).Validated();
        return Relabeled.State(input, new TopicLabels(state.Labels), options);
    }
}

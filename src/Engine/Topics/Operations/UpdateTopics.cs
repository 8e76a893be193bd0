using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Finds the words of the topics anew, with other settings or with documents in other topics; BERTopic's <c>update_topics</c>. Settings
/// left out stay as they are, where BERTopic falls back to its defaults and brings stop words back.
/// </summary>
public sealed record UpdateTopics : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "update_topics";

    /// <summary>Word counts; null: as before. Python <c>vectorizer_model</c>.</summary>
    public WordOptions? Words { get; init; }

    /// <summary>Word weights; null: as before. The words of seed topics stay raised. Python <c>ctfidf_model</c>.</summary>
    public ClassTfIdfOptions? Weights { get; init; }

    /// <summary>Words per topic, 1 to 100; null: as before. Python <c>top_n_words</c>.</summary>
    public int? TopWordCount { get; init; }

    /// <summary>How words are chosen, which needs the encoder; null: as before. Python <c>representation_model</c>.</summary>
    public TopicRepresentations? Representations { get; init; }

    /// <summary>
    /// New topic by document id; documents left out stay where they are. −1: outlier. A number from the number of topics on makes a new
    /// topic. Where topics came or went, all are numbered by size. Python <c>topics</c>. Null: no document moves.
    /// </summary>
    public IReadOnlyDictionary<string, int>? Topics { get; init; }

    /// <summary>
    /// Name of the new topic by document id, in place of all topics of before; documents left out become outliers, the names labels. Python
    /// <c>topics</c>. Null: the topics stay.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Classes { get; init; }

    private protected override TopicModelState Apply(OperationInput input)
    {
        TopicModelState state = input.Model.State;
        TopicModelOptions options = (state.Options with
        {
            Words = Words ?? state.Options.Words,
            Weights = Weights is null ? state.Options.Weights : Weights with { GuidedWords = state.Options.Weights.GuidedWords },
            TopWordCount = TopWordCount ?? state.Options.TopWordCount,
            Representations = Representations ?? state.Options.Representations,
        }).Validated();
        return (Topics, Classes) switch
        {
            (null, null) => Relabeled.State(input, new TopicAssignments(state.Assignments), options),
            ({ } topics, null) => MovedDocuments.State(input, topics, options),
            (null, { } classes) => RenamedTopics.State(input, classes, options),
            _ => throw new ArgumentException("Topics are given twice: by number and by name."),
        };
    }
}

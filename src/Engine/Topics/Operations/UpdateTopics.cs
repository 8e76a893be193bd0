using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;
using TopicGrpc.Engine.Words.Languages;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Computes the words of the topics again, with other settings or other assignments; BERTopic's <c>update_topics</c>. Difference: omitted
/// settings keep their values; BERTopic uses its defaults, which brings stop words back.
/// </summary>
public sealed record UpdateTopics : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "update_topics";

    /// <summary>Term counts; null keeps the settings. Python <c>vectorizer_model</c>.</summary>
    public WordOptions? Words { get; init; }

    /// <summary>Whether texts are split as before instead of by <see cref="Words"/>.</summary>
    public bool KeepSegmentation { get; init; }

    /// <summary>Whether to choose the stop words by the languages of the documents, instead of those of <see cref="Words"/>.</summary>
    public bool ChooseStopWords { get; init; }

    /// <summary>Term weights; null keeps the settings. Words of seed topics keep their factor. Python <c>ctfidf_model</c>.</summary>
    public ClassTfIdfOptions? Weights { get; init; }

    /// <summary>Number of words per topic, 1 to 100; null keeps the setting. Python <c>top_n_words</c>.</summary>
    public int? TopWordCount { get; init; }

    /// <summary>Representations, which require the encoder; null keeps the settings. Python <c>representation_model</c>.</summary>
    public TopicRepresentations? Representations { get; init; }

    /// <summary>
    /// New topic by document id, −1 for an outlier; other documents keep their topic. A number equal to or above the number of topics makes
    /// a new topic. If the set of topics changes, all topics are numbered by size. Python <c>topics</c>. Null: no document moves.
    /// </summary>
    public IReadOnlyDictionary<string, int>? Topics { get; init; }

    /// <summary>
    /// Name of the new topic by document id; these topics replace all topics. Other documents become outliers; the names become custom
    /// labels. Python <c>topics</c>. Null: the topics stay.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Classes { get; init; }

    internal override void Validate() => Changed(new TopicModelOptions()).Validated();

    private protected override TopicModelState Apply(OperationInput input)
    {
        TopicModelState state = input.Model.State;
        TopicModelOptions options = Changed(state.Options).Validated();
        if (ChooseStopWords)
        {
            string[] texts = input.Documents.Texts;
            var languages = CorpusLanguages.Read(texts, input.Compute, input.CancellationToken);
            WordOptions words =
                StopWordChoice.Choose(texts, options.Words, languages.Shares, input.Compute, input.CancellationToken).Words;
            options = options with { Words = words };
        }

        return (Topics, Classes) switch
        {
            (null, null) => Relabeled.State(input, new TopicAssignments(state.Assignments), options),
            ({ } topics, null) => MovedDocuments.State(input, topics, options),
            (null, { } classes) => RenamedTopics.State(input, classes, options),
            _ => throw new ArgumentException("New topics are given by number and by name; give only one of them."),
        };
    }

    private TopicModelOptions Changed(TopicModelOptions options) => options with
    {
        Words = Words is null ? options.Words
            : KeepSegmentation ? Words with { Segmentation = options.Words.Segmentation }
            : Words,
        Weights = Weights is null ? options.Weights : Weights with { GuidedWords = options.Weights.GuidedWords },
        TopWordCount = TopWordCount ?? options.TopWordCount,
        Representations = Representations ?? options.Representations,
    };
}

using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics.Operations;

namespace TopicGrpc.Engine.Topics.Representations;

/// <summary>
/// Describes the same topics by other words; the <c>representation_model</c> of BERTopic's <c>update_topics</c>. A chain of
/// representations gives each the words of the one before; the first gets the 30 best words by weight. Aspects are further
/// chains whose words are kept beside the main ones.
/// </summary>
public sealed record RepresentTopics : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "update_topics";

    /// <inheritdoc/>
    public override bool NeedsDocuments => Chains().Any(chain => chain.Any(step => step.NeedsDocuments));

    /// <summary>The encoder that the model was fitted with.</summary>
    public required IEmbedder Embedder { get; init; }

    /// <summary>Chain for the main words; empty: the best words by weight; null: they stay as they are. Python: a list, or the entry <c>Main</c>.</summary>
    public IReadOnlyList<TopicRepresentation>? Main { get; init; }

    /// <summary>Chains by name of the aspect; they replace all aspects of before. Null: those stay. Python: a dict.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TopicRepresentation>>? Aspects { get; init; }

    private protected override TopicModelState Apply(OperationInput input)
    {
        Check(input.Model);
        RepresentationInput shared = new(
            input.Model, input.Table, new TextVectors(Embedder, input.Compute, input.CancellationToken), input.Compute, input.CancellationToken);
        TopicModelState state = input.Model.State;
        if (Main is { } main)
        {
            TopicWord[][] words = Choose(main, shared);
            state = state with
            {
                Topics = [.. state.Topics.Select((topic, row) => topic with { Words = words[row], Name = TopicNames.Follow(topic, topic.Id, words[row]) })],
            };
        }

        return Aspects is { } aspects
            ? state with { Aspects = aspects.Count == 0 ? null : aspects.ToDictionary(aspect => aspect.Key, aspect => Choose(aspect.Value, shared), StringComparer.Ordinal) }
            : state;
    }

    private void Check(TopicModel model)
    {
        if (Embedder.Info.Sha256 != model.Embedder.Sha256)
        {
            throw new ArgumentException(
                $"The model was fitted with encoder {model.Embedder.Name} ({model.Embedder.Sha256}); {Embedder.Info.Name} ({Embedder.Info.Sha256}) gives other vectors.");
        }

        if (model.Vocabulary.Count == 0)
        {
            throw new InvalidOperationException("The model holds no word weights to choose words from.");
        }

        foreach (TopicRepresentation step in Chains().SelectMany(chain => chain))
        {
            step.Validate();
        }

        if (Aspects?.Keys.Any(string.IsNullOrWhiteSpace) == true)
        {
            throw new ArgumentException("An aspect has no name.");
        }
    }

    private IEnumerable<IReadOnlyList<TopicRepresentation>> Chains() => (Aspects?.Values ?? []).Append(Main ?? []);

    private static TopicWord[][] Choose(IReadOnlyList<TopicRepresentation> chain, RepresentationInput input)
    {
        TopicModel model = input.Model;
        int shown = model.Options.TopWordCount;
        if (chain.Count == 0)
        {
            return [.. model.Topics.Select((_, row) => TopicWordRanking.Best(model.TermWeights, model.Vocabulary, row, shown))];
        }

        TopicWord[][] words = input.BestWords(Math.Max(shown, TopicWordRanking.CandidateCount));
        foreach (TopicRepresentation step in chain)
        {
            words = step.Choose(words, input);
        }

        return words;
    }
}

using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Representations;

/// <summary>Runs the chains of representations on a model.</summary>
internal static class WordChoice
{
    /// <summary>The model's state with other words.</summary>
    /// <param name="input">The model and the encoder.</param>
    /// <param name="main">Chain for the main words; null: they stay.</param>
    /// <param name="aspects">Chains of the aspects; null: those stay.</param>
    public static TopicModelState Apply(
        RepresentationInput input,
        IReadOnlyList<TopicRepresentation>? main,
        IReadOnlyDictionary<string, IReadOnlyList<TopicRepresentation>>? aspects)
    {
        TopicModelState state = input.Model.State;
        TopicRepresentations before = state.Options.Representations;
        state = state with
        {
            Options = state.Options with { Representations = new TopicRepresentations { Main = main ?? before.Main, Aspects = aspects ?? before.Aspects } },
        };
        if (main is not null)
        {
            TopicWord[][] words = Choose(main, input);
            state = state with
            {
                Topics = [.. state.Topics.Select((topic, row) => topic with { Words = words[row], Name = TopicNames.Follow(topic, topic.Id, words[row]) })],
            };
        }

        return aspects is null
            ? state
            : state with { Aspects = aspects.Count == 0 ? null : aspects.ToDictionary(aspect => aspect.Key, aspect => Choose(aspect.Value, input), StringComparer.Ordinal) };
    }

    /// <exception cref="ArgumentException">There is no encoder, or it is not the model's.</exception>
    /// <exception cref="InvalidOperationException">The model holds no word weights.</exception>
    public static IEmbedder Check(TopicModel model, IEmbedder? embedder) => model.Vocabulary.Count == 0
        ? throw new InvalidOperationException("The model holds no word weights to choose words from.")
        : FittedEncoder.Check(embedder, model.Embedder);

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
            words = step switch
            {
                KeyBertInspired settings => KeyBertWords.Choose(settings, input),
                MaximalMarginalRelevance settings => DiverseWords.Choose(settings, words, input),
                _ => throw new NotSupportedException($"No algorithm for the representation {step.GetType().Name}."),
            };
        }

        return words;
    }
}

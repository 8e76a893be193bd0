using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Representations;

/// <summary>Execution of representation chains on a model.</summary>
internal static class WordChoice
{
    /// <summary>Returns the model's state with newly chosen words.</summary>
    /// <param name="input">The model and the encoder.</param>
    /// <param name="main">Chain for the main words; null keeps them.</param>
    /// <param name="aspects">Chains of the aspects; null keeps them.</param>
    public static TopicModelState Apply(
        RepresentationInput input,
        IReadOnlyList<TopicRepresentation>? main,
        IReadOnlyDictionary<string, IReadOnlyList<TopicRepresentation>>? aspects)
    {
        TopicModelState state = input.Model.State;
        TopicRepresentations before = state.Options.Representations;
        TopicRepresentations chosen = new() { Main = main ?? before.Main, Aspects = aspects ?? before.Aspects };
        state = state with { Options = state.Options with { Representations = chosen } };
        if (main is not null)
        {
            TopicWord[][] words = Choose(main, input);
            Topic[] topics =
            [
                .. state.Topics.Select((topic, row) => topic with
                {
                    Words = words[row],
                    Name = TopicNames.Follow(topic, topic.Id, words[row]),
                }),
            ];
            bool isDistinct = state.Options.Naming == TopicNaming.Distinct;
            state = state with { Topics = isDistinct ? DistinctNames.Apply(topics, phrases: null) : topics };
        }

        if (aspects is null)
        {
            return state;
        }

        return aspects.Count == 0
            ? state with { Aspects = null }
            : state with
            {
                Aspects = aspects.ToDictionary(aspect => aspect.Key, aspect => Choose(aspect.Value, input), StringComparer.Ordinal),
            };
    }

    /// <exception cref="ArgumentException">The encoder is missing or not the encoder of the model.</exception>
    /// <exception cref="InvalidOperationException">The model has no term weights.</exception>
    public static IEmbedder Check(TopicModel model, IEmbedder? embedder) => model.Vocabulary.Count == 0
        ? throw new InvalidOperationException("The model has no term weights from which words could be chosen. Run update_topics first.")
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

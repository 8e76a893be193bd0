using TopicGrpc.Engine.Topics.Representations;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Describes the same topics by other words; the <c>representation_model</c> of BERTopic's <c>update_topics</c>. Needs the encoder. The
/// chains become settings of the model: operations that change its topics choose their words in the same way.
/// </summary>
public sealed record RepresentTopics : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "update_topics";

    /// <inheritdoc/>
    public override bool NeedsDocuments => Given.NeedsDocuments;

    /// <summary>Chain for the main words; empty: the best words by weight; null: they stay as they are. Python: a list, or the entry <c>Main</c>.</summary>
    public IReadOnlyList<TopicRepresentation>? Main { get; init; }

    /// <summary>Chains by name of the aspect; they replace all aspects of before. Null: those stay. Python: a dict.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TopicRepresentation>>? Aspects { get; init; }

    private TopicRepresentations Given => new() { Main = Main ?? [], Aspects = Aspects ?? TopicRepresentations.None.Aspects };

    private protected override TopicModelState Apply(OperationInput input)
    {
        Given.Validated();
        return WordChoice.Apply(input.Representation(input.Model, WordChoice.Check(input.Model, Embedder)), Main, Aspects);
    }
}

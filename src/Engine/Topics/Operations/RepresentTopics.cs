using TopicGrpc.Engine.Topics.Representations;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Chooses other words for the same topics; the <c>representation_model</c> of BERTopic's <c>update_topics</c>. Requires the encoder. The
/// chains become settings of the model, so later operations choose words in the same way.
/// </summary>
public sealed record RepresentTopics : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "update_topics";

    /// <inheritdoc/>
    public override bool NeedsDocuments => Given.NeedsDocuments;

    /// <summary>
    /// Chain for the main words; empty for the best words by weight; null keeps the words. Python: a list, or the entry <c>Main</c>.
    /// </summary>
    public IReadOnlyList<TopicRepresentation>? Main { get; init; }

    /// <summary>Chains by name of the aspect; they replace all aspects. Null keeps the aspects. Python: a dict.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TopicRepresentation>>? Aspects { get; init; }

    private TopicRepresentations Given => new() { Main = Main ?? [], Aspects = Aspects ?? TopicRepresentations.None.Aspects };

    internal override void Validate() => Given.Validated();

    private protected override TopicModelState Apply(OperationInput input) =>
        WordChoice.Apply(input.Representation(input.Model, WordChoice.Check(input.Model, Embedder)), Main, Aspects);
}

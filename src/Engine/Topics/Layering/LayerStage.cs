using TopicGrpc.Engine.Topics.Description;

namespace TopicGrpc.Engine.Topics.Layering;

/// <summary>The stage of a fit or an operation that adds the layers.</summary>
internal static class LayerStage
{
    /// <summary>Returns the state with uids for all topics and with the layers of its tree; without a tree there are none.</summary>
    /// <param name="state">State with the final assignments and terms.</param>
    /// <param name="extraction">Tokens of the documents.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static TopicModelState Apply(TopicModelState state, TopicExtraction extraction, CancellationToken cancellationToken)
    {
        // The layers of the original model do not fit changed topics.
        TopicModelState named = (state with { Layers = null }).WithUids();
        if (named.Clusters is not { } clusters || named.Layout is null)
        {
            return named;
        }

        LayerInput input = new(
            clusters,
            named.Sample,
            new TopicAssignments(named.Assignments),
            named.TopicCentroids,
            named.Topics,
            named.DocumentIds,
            named.Options.Naming,
            extraction.Compute,
            assignments => extraction.Words(assignments, named.Options, cancellationToken));
        return named with { Layers = LayerBuilder.Build(input, cancellationToken) };
    }
}

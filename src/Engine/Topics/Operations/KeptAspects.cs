namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Aspects were made for the topics of before. Where topics or their words change they are left out and the report says so, rather than served for other topics.</summary>
internal static class KeptAspects
{
    public static IReadOnlyDictionary<string, TopicWord[][]>? Drop(TopicModelState state, List<FitWarning> warnings)
    {
        if (state.Aspects is { Count: > 0 } aspects)
        {
            warnings.Add(new FitWarning(
                FitWarning.AspectsDropped,
                $"The topics changed; their words under {string.Join(", ", aspects.Keys)} were left out. Choose the representations again."));
        }

        return null;
    }
}

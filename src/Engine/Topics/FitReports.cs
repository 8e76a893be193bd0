namespace TopicGrpc.Engine.Topics;

/// <summary>Makes reports from what a fit or an operation ended with.</summary>
internal static class FitReports
{
    public static FitReport Create(TopicLabels labels, IReadOnlyList<StageTime> stages, IReadOnlyList<FitWarning> warnings, TopicModelOptions settings) => new()
    {
        Documents = labels.Labels.Length,
        Topics = labels.TopicCount,
        Outliers = labels.OutlierOffset == 1 ? labels.Sizes[0] : 0,
        LargestTopic = labels.Sizes.Skip(labels.OutlierOffset).DefaultIfEmpty(0).Max(),
        Stages = [.. stages],
        Warnings = [.. warnings],
        Settings = settings,
        Seed = settings.Layout.Seed,
    };
}

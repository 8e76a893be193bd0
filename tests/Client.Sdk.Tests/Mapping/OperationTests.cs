using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Sdk.Tests.Mapping;

public sealed class OperationTests
{
    public static TheoryData<string> Names => [.. Operations.Keys];

    private static Dictionary<string, VersionOperation> Operations { get; } = new()
    {
        ["reduce"] = new ReduceTopics(TopicReduction.To(20)),
        ["layer"] = new ReduceToLayer("coarser-1"),
        ["split"] = new SplitTopic(3, 12),
        ["split automatically"] = new SplitTopic(0),
        ["refit"] = new RefitOutliers(9),
        ["refit automatically"] = new RefitOutliers(),
        ["auto"] = new ReduceTopics(TopicReduction.Auto),
        ["outliers"] = new ReduceOutliers(OutlierStrategy.ClassTfIdf, 0.25),
        ["update"] = new UpdateTopics { TopWordCount = 5 },
        ["words"] = new UpdateTopics
        {
            Representation = new RepresentationSettings { Main = [new MaximalMarginalRelevance { Diversity = 0.5 }] },
        },
        ["weighted"] = new UpdateTopics { Representation = new RepresentationSettings() },
        ["moved"] = new UpdateTopics { Topics = new Dictionary<string, int> { ["d1"] = 3, ["d2"] = -1 } },
        ["given"] = new UpdateTopics { TopicAttribute = "theme" },
        ["merge"] = new MergeTopics([[1, 2], [3, 4, 5]]),
        ["labels"] = new SetTopicLabels(new Dictionary<int, string> { [3] = "Space" }),
        ["models"] = new MergeModels([new ModelSelector("sport") { Version = 2 }, new ModelSelector("press") { Version = 7 }], 0.5),
        ["policy"] = new UpdatePredictions { OutlierPolicy = OutlierPolicies.Nearest, OutlierMinSimilarity = 0.5 },
        ["novelty"] = new UpdatePredictions { NoveltyThreshold = 0.01 },
        ["delete"] = new DeleteTopics([7]),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Operation_ThereAndBack_IsTheSame(string name)
    {
        V1.VersionOperation wire = OperationMapping.Map(Operations[name]);

        VersionOperation back = OperationMapping.Map(wire)!;

        Assert.IsType(Operations[name].GetType(), back);
        Assert.Equivalent(Operations[name], back, strict: true);
    }

    [Fact]
    public void MergeModels_WithoutSimilarity_LeavesTheDefaultToTheServer()
    {
        V1.VersionOperation wire = OperationMapping.Map(new MergeModels([new ModelSelector("sport") { Version = 2 }]));

        Assert.False(wire.MergeModels.HasMinSimilarity);
        Assert.Null(Assert.IsType<MergeModels>(OperationMapping.Map(wire)).MinSimilarity);
    }

    [Fact]
    public void UpdateTopics_OnlyWhatIsGiven_Travels()
    {
        V1.VersionOperation wire = OperationMapping.Map(new UpdateTopics { Ctfidf = new CtfidfSettings { Bm25Weighting = true } });

        Assert.Null(wire.UpdateTopics.Vectorizer);
        Assert.False(wire.UpdateTopics.HasTopNWords);
        Assert.True(wire.UpdateTopics.Ctfidf.Bm25Weighting);
        Assert.False(wire.UpdateTopics.Ctfidf.HasReduceFrequentWords);
    }

    [Fact]
    public void Operation_UnknownToThisClient_IsNull() => Assert.Null(OperationMapping.Map(new V1.VersionOperation()));
}

using TopicGrpc.Parity.Queries;
using Xunit;

namespace TopicGrpc.Parity.Tests.Queries;

public sealed class QueryParityTests
{
    [Theory]
    [InlineData("state-of-the-union")]
    [InlineData("20newsgroups")]
    public void Hierarchy_RecordedTopics_EqualsTheRecordedMerges(string corpus) => Holds(new HierarchyCheck(), corpus);

    [Theory]
    [InlineData("state-of-the-union", 0)]
    [InlineData("state-of-the-union", 1)]
    [InlineData("20newsgroups", 0)]
    [InlineData("20newsgroups", 1)]
    public void Distribution_SixtyDocuments_EqualsTheRecordedShares(string corpus, int check) =>
        Holds(DistributionCheck.All[check], corpus);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Slices_ByYearAndParty_EqualTheRecordedTables(int check) => Holds(SliceCheck.All[check], "state-of-the-union");

    [Fact]
    public void Coherence_RecordedTopics_EqualsGensim() => Holds(new CoherenceCheck(), "state-of-the-union");

    private static void Holds(StageCheck check, string corpus)
    {
        GoldenFolder golden = GoldenData.Find(corpus, [.. check.Files]);

        Measure[] measures = [.. check.Run(golden, GoldenData.Documents(corpus))];

        Assert.NotEmpty(measures);
        Assert.All(measures, measure => Assert.True(measure.Holds, measure.ToString()));
    }
}

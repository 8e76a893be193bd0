using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

public sealed class TreeChoiceTests
{
    private const int Documents = 3000;

    [Fact]
    public void Choose_TopicsWithinTheBounds_KeepsTheSize()
    {
        HdbscanOptions chosen = Choose(options => Blocks(20, Documents / 20), out List<SettingChoice> choices);

        Assert.Equal(40, chosen.MinClusterSize);
        Assert.Equal(0, chosen.MaxClusterSize);
        Assert.Equal(["hdbscan.min_cluster_size", "hdbscan.max_cluster_size"], choices.Select(choice => choice.Setting));
        Assert.Equal(["40", "0"], choices.Select(choice => choice.Value));
    }

    [Fact]
    public void Choose_TooManyTopics_RaisesTheSizeUntilTheyAreFewEnough()
    {
        HdbscanOptions chosen = Choose(
            options => Blocks(Documents / options.MinClusterSize, options.MinClusterSize), out List<SettingChoice> choices);

        // 40 gives 75 topics, a quarter more gives 60.
        Assert.Equal(50, chosen.MinClusterSize);
        Assert.Contains("makes 75 topics", choices[0].Reason, StringComparison.Ordinal);
        Assert.Contains("50 makes 60", choices[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_TooFewTopics_LowersTheSizeUntilThereAreEnough()
    {
        HdbscanOptions chosen = Choose(options => Blocks(400 / options.MinClusterSize, options.MinClusterSize), out _);

        Assert.Equal(26, chosen.MinClusterSize);
    }

    [Fact]
    public void Choose_NoSizeGivesEnoughTopics_ForcesNothing()
    {
        HdbscanOptions chosen = Choose(options => Blocks(3, 200), out _);

        Assert.Equal(40, chosen.MinClusterSize);
    }

    [Fact]
    public void Choose_LargeClusterWhosePartsHold_IsBrokenUp()
    {
        int[] whole = [.. Enumerable.Range(0, Documents).Select(row => row < 1500 ? 0 : 1 + (row / 100))];
        int[] parts = [.. Enumerable.Range(0, Documents).Select(row => row % 5 == 0 ? -1 : row / 100)];

        HdbscanOptions chosen = Choose(
            options => options.MaxClusterSize is > 0 and < 1500 ? parts : Dense(whole), out List<SettingChoice> choices);

        Assert.InRange(chosen.MaxClusterSize, 300, 1499);
        Assert.Contains("broken up", choices[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_LargeClusterThatWouldFallApart_StaysWhole()
    {
        int[] whole = [.. Enumerable.Range(0, Documents).Select(row => row < 1500 ? 0 : 1 + (row / 100))];
        int[] crumbs = [.. Enumerable.Range(0, Documents).Select(row => row < 1500 && row % 5 != 0 ? -1 : row / 100)];

        HdbscanOptions chosen = Choose(options => options.MaxClusterSize is > 0 and < 1500 ? crumbs : Dense(whole), out _);

        Assert.Equal(0, chosen.MaxClusterSize);
    }

    [Fact]
    public void Choose_SizeGiven_OnlyTheLimitIsChosen()
    {
        List<SettingChoice> choices = [];
        HdbscanOptions chosen = new TreeChoice(options => Blocks(Documents / options.MinClusterSize, options.MinClusterSize), Documents)
            .Choose(new HdbscanOptions { MinClusterSize = 10 }, AutomaticChoices.MaxClusterSize, choices);

        Assert.Equal(10, chosen.MinClusterSize);
        Assert.Equal("hdbscan.max_cluster_size", Assert.Single(choices).Setting);
    }

    private static HdbscanOptions Choose(Func<HdbscanOptions, int[]> select, out List<SettingChoice> choices) =>
        new TreeChoice(select, Documents).Choose(
            new HdbscanOptions { MinClusterSize = 40 }, AutomaticChoices.MinClusterSize | AutomaticChoices.MaxClusterSize, choices = []);

    /// <summary>Clusters of equal size, the other documents outliers.</summary>
    private static int[] Blocks(int count, int size) =>
        [.. Enumerable.Range(0, Documents).Select(row => row / size < count ? row / size : -1)];

    /// <summary>The same clusters, numbered without gaps.</summary>
    private static int[] Dense(int[] labels)
    {
        int[] known = [.. labels.Distinct().Order()];
        return Array.ConvertAll(labels, label => Array.IndexOf(known, label));
    }
}

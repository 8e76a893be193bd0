using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

public sealed class ResolutionSearchTests
{
    private const int Documents = 3000;

    /// <summary>Size by the number of documents, as given to the search.</summary>
    private const int SizeByDocuments = 40;

    [Fact]
    public void Choose_LayoutsAgreeAtSomeSizes_ChoosesTheBestOfThem()
    {
        ResolutionChoice choice = Choose((layout, options) => Shifted(layout, options, agreeing: size => size is >= 14 and <= 20));

        Assert.InRange(choice.Options.MinClusterSize, 14, 20);
        ResolutionPoint chosen = Assert.Single(choice.Curve(), point => point.Chosen);
        Assert.Equal(choice.Options.MinClusterSize, chosen.MinClusterSize);
        Assert.Equal(1.0, chosen.Agreement, 9);
        Assert.True(chosen.Eligible);
    }

    [Fact]
    public void Choose_LayoutsAgreeAtEverySize_KeepsTheSizeByDocuments()
    {
        ResolutionChoice choice = Choose((_, _) => Blocks(20, Documents / 20));

        Assert.Equal(SizeByDocuments, choice.Options.MinClusterSize);
        Assert.Contains("agree as well", Reason(choice), StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_LayoutsAgreeNowhere_KeepsTheSizeByDocuments()
    {
        ResolutionChoice choice = Choose((layout, options) => Scattered(20, layout));

        Assert.Equal(SizeByDocuments, choice.Options.MinClusterSize);
        Assert.Contains("agree little", Reason(choice), StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_AgreementOnFewerThanFiveTopics_PrefersFiveOrMore()
    {
        // Four topics agree more from size 60, but they are mergers of groups on which the layouts agree well too.
        ResolutionChoice choice = Choose((layout, options) => options.MinClusterSize >= 60
            ? Blurred(4, share: 100, layout)
            : Blurred(20, share: 50, layout));

        Assert.InRange(choice.Options.MinClusterSize, 1, 59);
        Assert.False(Assert.Single(choice.Curve(), point => point.MinClusterSize == choice.Curve()[^1].MinClusterSize).Eligible);
    }

    [Fact]
    public void Choose_FourGroupsAndOtherwiseChance_FindsFour()
    {
        ResolutionChoice choice = Choose((layout, options) => options.MinClusterSize >= 60
            ? Blocks(4, Documents / 4)
            : Blurred(20, share: 2, layout));

        Assert.InRange(choice.Options.MinClusterSize, 60, 1000);
    }

    [Fact]
    public void Choose_OneTopicWithMostDocuments_IsNotEligible()
    {
        int[] giant = [.. Enumerable.Range(0, Documents).Select(row => row < 2000 ? 0 : 1 + ((row - 2000) / 100))];

        // The tree has no smaller parts of the giant above size 30, so limiting the cluster size changes nothing.
        ResolutionChoice choice = Choose((layout, options) => options.MinClusterSize > 30 ? giant : Blurred(20, share: 10, layout));

        Assert.InRange(choice.Options.MinClusterSize, 1, 30);
    }

    [Fact]
    public void Choose_FiveGroupsOfAFifth_AreNotSplit()
    {
        int[] groups = Blocks(5, Documents / 5);

        // The parts of a group without structure keep their documents, but each layout has other parts.
        ResolutionChoice choice = Choose((layout, options) => options.MaxClusterSize > 0 ? Within(groups, parts: 4, layout) : groups);

        Assert.Equal(0, choice.Options.MaxClusterSize);
        Assert.Equal(5, Assert.Single(choice.Curve(), point => point.Chosen).Topics);
    }

    [Fact]
    public void Choose_LargeClusterWithCommonParts_IsSplit()
    {
        int[] whole = [.. Enumerable.Range(0, Documents).Select(row => row < 1400 ? 0 : 1 + ((row - 1400) / 100))];
        int[] parts = Blocks(Documents / 100, 100);

        ResolutionChoice choice = Choose((layout, options) => options.MaxClusterSize is > 0 and < 1400 ? parts : whole);

        Assert.InRange(choice.Options.MaxClusterSize, 280, 1399);
        List<SettingChoice> choices = [];
        choice.Explain(AutomaticChoices.MaxClusterSize, choices);
        Assert.Contains("split", choices[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_LargeClusterThatWouldFallApart_StaysWhole()
    {
        int[] whole = [.. Enumerable.Range(0, Documents).Select(row => row < 1400 ? 0 : 1 + ((row - 1400) / 100))];
        int[] crumbs = [.. Enumerable.Range(0, Documents).Select(row => row < 1400 && row % 5 != 0 ? -1 : row / 100)];

        ResolutionChoice choice = Choose((layout, options) => options.MaxClusterSize is > 0 and < 1400 ? crumbs : whole);

        Assert.Equal(0, choice.Options.MaxClusterSize);
    }

    [Theory]
    [InlineData(Granularity.Coarse, 6)]
    [InlineData(Granularity.Auto, 20)]
    [InlineData(Granularity.Fine, 60)]
    public void Choose_Granularity_SelectsThePeak(Granularity granularity, int expected)
    {
        ResolutionChoice choice = Choose(
            (layout, options) => options.MinClusterSize switch
            {
                < 15 => Blurred(60, share: 40, layout),
                < 50 => Blurred(20, share: 200, layout),
                _ => Blurred(6, share: 20, layout),
            },
            granularity);

        Assert.Equal(expected, Assert.Single(choice.Curve(), point => point.Chosen).Topics);
    }

    [Fact]
    public void Choose_NoOtherPeak_KeepsTheSizeAndSaysSo()
    {
        ResolutionChoice choice = Choose((_, _) => Blocks(20, Documents / 20), Granularity.Fine);

        Assert.Equal(SizeByDocuments, choice.Options.MinClusterSize);
        Assert.Contains("none", Reason(choice), StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_SizeGiven_OnlyTheLimitIsChosen()
    {
        ResolutionChoice choice = new ResolutionSearch([_ => Blocks(20, 150), _ => Blocks(20, 150)], Documents).Choose(
            new HdbscanOptions { MinClusterSize = 10, MinSamples = 5 },
            AutomaticChoices.MaxClusterSize,
            Granularity.Auto,
            ComputeOptions.Default,
            TestContext.Current.CancellationToken);

        List<SettingChoice> choices = [];
        choice.Explain(AutomaticChoices.MaxClusterSize, choices);
        Assert.Equal(10, choice.Options.MinClusterSize);
        Assert.Equal("hdbscan.max_cluster_size", Assert.Single(choices).Setting);
    }

    [Fact]
    public void Choose_AnyNumberOfThreads_SameCurve()
    {
        ResolutionChoice one = Choose((layout, options) => Blurred(options.MinClusterSize, 7, layout), threads: 1);
        ResolutionChoice four = Choose((layout, options) => Blurred(options.MinClusterSize, 7, layout), threads: 4);

        Assert.Equal(one.Curve(), four.Curve());
    }

    private static ResolutionChoice Choose(
        Func<int, HdbscanOptions, int[]> select, Granularity granularity = Granularity.Auto, int threads = 2)
    {
        Func<HdbscanOptions, int[]>[] layouts =
        [
            options => select(0, options),
            options => select(1, options),
            options => select(2, options),
        ];
        return new ResolutionSearch(layouts, Documents).Choose(
            new HdbscanOptions { MinClusterSize = SizeByDocuments, MinSamples = 5 },
            AutomaticChoices.MinClusterSize | AutomaticChoices.MaxClusterSize,
            granularity,
            new ComputeOptions { Threads = threads },
            TestContext.Current.CancellationToken);
    }

    private static string Reason(ResolutionChoice choice)
    {
        List<SettingChoice> choices = [];
        choice.Explain(AutomaticChoices.MinClusterSize, choices);
        return choices[0].Reason;
    }

    /// <summary>Clusters of equal size, the other documents outliers.</summary>
    private static int[] Blocks(int count, int size) =>
        [.. Enumerable.Range(0, Documents).Select(row => row / size < count ? row / size : -1)];

    /// <summary>Blocks that layouts place at the same documents at some sizes only.</summary>
    private static int[] Shifted(int layout, HdbscanOptions options, Func<int, bool> agreeing)
    {
        int shift = agreeing(options.MinClusterSize) ? 0 : layout * 37;
        return [.. Enumerable.Range(0, Documents).Select(row => (row + shift) % Documents / 75)];
    }

    /// <summary>Clusters without any relation between layouts.</summary>
    private static int[] Scattered(int count, int layout) =>
        [.. Enumerable.Range(0, Documents).Select(row => CounterRandom.Below(count, CounterRandom.Key(layout, 1), row))];

    /// <summary>Equal blocks of which each layout moves one document in <paramref name="share"/> to a random block.</summary>
    private static int[] Blurred(int count, int share, int layout)
    {
        ulong key = CounterRandom.Key(layout, 2);
        return
        [
            .. Enumerable.Range(0, Documents).Select(row =>
                row >= count && CounterRandom.Below(share, key, row) == 0
                    ? CounterRandom.Below(count, key, row + Documents)
                    : row % count),
        ];
    }

    /// <summary>Random parts of each cluster, different in each layout.</summary>
    private static int[] Within(int[] clusters, int parts, int layout) =>
    [
        .. Enumerable.Range(0, Documents).Select(row =>
            (clusters[row] * parts) + CounterRandom.Below(parts, CounterRandom.Key(layout, 3), row)),
    ];
}

using TopicGrpc.Shared;

namespace TopicGrpc.Client.Sdk.Tests.Contract;

/// <summary>The expected etags are those that servers before the shared implementation returned; clients may have stored them.</summary>
public sealed class ModelEtagTests
{
    private static readonly Dictionary<string, long> Labels = new() { ["stable"] = 1 };

    [Fact]
    public void Of_LabelsWithoutPolicy_IsAsBefore() => Assert.Equal("d60e47dc13c92bb3", ModelEtag.Of(Labels));

    [Fact]
    public void Of_NoLabels_IsAsBefore() => Assert.Equal("e3b0c44298fc1c14", ModelEtag.Of([]));

    [Fact]
    public void Of_LabelsInAnyOrder_AreSortedFirst()
    {
        KeyValuePair<string, long>[] labels = [new("stable", 1), new("candidate", 2)];

        Assert.Equal("d4d327a26f14427d", ModelEtag.Of(labels));
        Assert.Equal("d4d327a26f14427d", ModelEtag.Of(labels.Reverse()));
    }

    [Fact]
    public void Of_Policy_IsAsBefore() => Assert.Equal("796b4ab55d48ac9b", ModelEtag.Of(Labels, [(1, 7000), (2, 3000)], 3, 500));

    [Fact]
    public void Of_PolicyWithoutShadow_IsAsBefore() => Assert.Equal("bc30ec4a747b2355", ModelEtag.Of(Labels, [(1, 10_000)], 0, 0));

    [Fact]
    public void Of_PolicyWithShadowAlone_IsAsBefore() => Assert.Equal("c8b14b3d5350297b", ModelEtag.Of(Labels, [], 2, 10_000));
}

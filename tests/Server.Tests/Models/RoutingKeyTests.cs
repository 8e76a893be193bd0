using System.Globalization;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Tests.Models;

public sealed class RoutingKeyTests
{
    private const int Keys = 10_000;
    private const int Sets = 100;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("user-{0}")]
    [InlineData("tenant/{0:x8}@example.org")]
    public async Task Resolve_TenThousandKeys_SharesAreWithinOnePercentAndAKeyKeepsItsSide(string pattern)
    {
        using TestRegistry registry = await TestRegistry.CreateAsync();
        string[] keys = [.. Enumerable.Range(0, Keys).Select(number => string.Format(CultureInfo.InvariantCulture, pattern, number))];
        await SplitAsync(registry, 7000);

        long[] first = Sides(registry, keys);
        long[] again = Sides(registry, keys.Reverse());
        await SplitAsync(registry, 5000);
        long[] even = Sides(registry, keys);
        await SplitAsync(registry, 7000);
        long[] rebuilt = Sides(registry, keys);
        await registry.ReopenAsync();
        long[] reopened = Sides(registry, keys);

        Assert.InRange(first.Count(static version => version == 2), 0.29 * Keys, 0.31 * Keys);
        Assert.InRange(even.Count(static version => version == 2), 0.49 * Keys, 0.51 * Keys);
        Assert.All(first, static version => Assert.InRange(version, 1, 2));
        Assert.Equal(first, again.Reverse());
        Assert.Equal(first, rebuilt);
        Assert.Equal(first, reopened);
    }

    [Fact]
    public void Draw_HundredSetsOfTenThousandKeys_SpreadNoWiderThanChance()
    {
        double[] shares =
        [
            .. Enumerable.Range(0, Sets).Select(static set => Enumerable.Range(0, Keys)
                .Select(key => RoutingKey.Of(string.Create(CultureInfo.InvariantCulture, $"{set}/{key}"), [], []))
                .Count(static key => key.Draw("split", "m") >= 7000) / (double)Keys),
        ];

        // A fair draw of 10,000 strays by .46 of a percent, so one set in 34 lies beyond one percent and hardly any beyond two.
        Assert.InRange(shares.Count(static share => Math.Abs(share - 0.3) > 0.01), 0, 10);
        Assert.All(shares, static share => Assert.InRange(share, 0.28, 0.32));
        Assert.InRange(shares.Average(), 0.298, 0.302);
    }

    private static Task<ModelRoute> SplitAsync(TestRegistry registry, int firstWeight)
    {
        TrafficPolicy traffic = new(
            [new TrafficTarget(1, firstWeight), new TrafficTarget(2, TrafficPolicy.Whole - firstWeight)],
            Shadow: 0,
            ShadowSample: 0,
            DateTimeOffset.UnixEpoch);
        return registry.Models.SetTrafficAsync("m", traffic, etag: "", Token);
    }

    private static long[] Sides(TestRegistry registry, IEnumerable<string> keys) =>
        [
            .. keys.Select(static key => new VersionSelector("m", Number: null, Label: null, RoutingKey.Of(key, [], [])))
                .Select(selector => registry.Models.Current.Resolve(selector).Record.VersionNumber),
        ];
}

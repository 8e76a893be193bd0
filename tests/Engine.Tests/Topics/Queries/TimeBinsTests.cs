using TopicGrpc.Engine.Topics.Queries;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Queries;

public sealed class TimeBinsTests
{
    [Fact]
    public void Numbers_ElevenYearsInThreeBins_NamesLeftEdgesAsPandas()
    {
        double[] labels = TimeBins.Numbers([.. Enumerable.Range(2010, 11).Select(year => (double)year)], 3);

        Assert.Equal([2009.99, 2013.333, 2016.667], labels.Distinct().Order());
    }

    [Fact]
    public void Numbers_AllEqual_FallIntoOneBin()
    {
        double[] labels = TimeBins.Numbers([5, 5, 5], 4);

        Assert.Single(labels.Distinct());
    }

    [Fact]
    public void Moments_FirstEdge_LiesAThousandthBeforeTheRange()
    {
        DateTimeOffset start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

        DateTimeOffset[] labels = TimeBins.Moments([start, start.AddDays(31)], 2);

        // A thousandth of 31 days is 44 minutes 38.4 seconds.
        Assert.Equal(start - TimeSpan.FromSeconds(2678.4), labels[0], TimeSpan.FromMilliseconds(1));
    }
}

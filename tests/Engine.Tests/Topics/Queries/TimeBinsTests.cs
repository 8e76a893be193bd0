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

    // Q01: default(DateTime) of a caller, and the last day that .NET knows.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Moments_BothEndsOfTheCalendar_StayInIt(int bins)
    {
        DateTimeOffset[] labels = TimeBins.Moments(
            [DateTimeOffset.MinValue, new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), DateTimeOffset.MaxValue], bins);

        Assert.Equal(DateTimeOffset.MinValue, labels[0]);
        Assert.True(labels[2] <= DateTimeOffset.MaxValue);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2020)]
    [InlineData(9999)]
    public void Moments_AllEqual_LieWithinASecond(int year)
    {
        DateTimeOffset time = new(year, 12, 31, 0, 0, 0, TimeSpan.Zero);

        Assert.All(TimeBins.Moments([time, time], 3), label => Assert.Equal(time, label, TimeSpan.FromSeconds(1)));
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

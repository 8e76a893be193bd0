using TopicGrpc.Engine.Charts;
using Xunit;

namespace TopicGrpc.Engine.Tests.Charts;

public sealed class LinearTicksTests
{
    [Theory]
    [InlineData(0, 0.0417, 143, "0 0.01 0.02 0.03 0.04")]
    [InlineData(0, 1.05, 300, "0 0.5 1")]
    [InlineData(0, 400, 600, "0 50 100 150 200 250 300 350 400")]
    [InlineData(-0.3, 0.3, 143, "-0.2 0 0.2")]
    [InlineData(0, 3e-9, 143, "0 1e-9 2e-9 3e-9")]
    [InlineData(1961, 2021, 500, "1970 1980 1990 2000 2010 2020")]
    public void For_Range_StepsByOneTwoOrFive(double low, double high, double pixels, string labels) =>
        Assert.Equal(labels, string.Join(' ', LinearTicks.For(low, high, pixels, 80).Labels));
}
